/** The certificate page's one style sheet, with the workbench's tokens. A constant, because the page's policy names its hash. */
export const PAGE_STYLE = `
:root{color-scheme:dark light;--bg:#0f1316;--bg1:#141a1e;--bg2:#1a2227;--line:#26323a;--line2:#32414a;--tx:#dbe4e8;--tx2:#97a7b0;--acc:#38c6b4;--acc2:#123b39;--code:#e4c590;--onacc:#04211e;
--font:Inter,system-ui,"Segoe UI",sans-serif;--mono:"JetBrains Mono",ui-monospace,"DejaVu Sans Mono",monospace}
@media(prefers-color-scheme:light){:root{color-scheme:light;--bg:#fbfcfc;--bg1:#f4f6f7;--bg2:#eceff1;--line:#dfe5e8;--line2:#cbd4d9;--tx:#182226;--tx2:#52636c;--acc:#0b7f73;--acc2:#d5efec;--code:#7c5a12;--onacc:#fff}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--tx);font:15px/1.55 var(--font)}
main{max-width:880px;margin:0 auto;padding:40px 24px 64px}
.brand{display:flex;align-items:center;gap:8px;font-weight:650;color:var(--tx2);margin-bottom:32px}
.brand svg{color:var(--acc)}
.top{display:grid;grid-template-columns:minmax(0,1fr) 176px;gap:40px;align-items:start}
h1{font-size:28px;line-height:1.25;letter-spacing:-.01em;margin:0 0 12px}
h2{font-size:18px;margin:40px 0 12px}
p{margin:0 0 16px;color:var(--tx2)}
.downloads{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:8px;margin:24px 0 0;padding:0;list-style:none}
.downloads li{margin:0}
.downloads a{display:block;padding:8px 14px;min-height:44px;border:1px solid var(--line2);border-radius:6px;background:var(--bg2);color:var(--tx);text-decoration:none;font-weight:600}
.downloads a:hover{border-color:var(--acc)}
.downloads small{display:block;font-weight:400;font-size:12px;color:var(--tx2)}
.downloads .main{background:var(--acc);border-color:var(--acc);color:var(--onacc)}
.downloads .main small{color:inherit}
figure{margin:0;text-align:center}
figure svg{display:block;width:176px;height:176px;border-radius:8px;border:1px solid var(--line)}
figcaption{margin-top:8px;font-size:12px;color:var(--tx2)}
dl{margin:0;border:1px solid var(--line);border-radius:8px;background:var(--bg1)}
dl div{display:grid;grid-template-columns:120px minmax(0,1fr);gap:16px;padding:10px 16px}
dl div+div{border-top:1px solid var(--line)}
dt{color:var(--tx2)}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
code,.mono{font:13px/1.6 var(--mono)}
code{color:var(--code);overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:8px;margin-top:8px;background:var(--bg1)}
summary{padding:11px 16px;font-weight:600;cursor:pointer;border-radius:8px}
summary:hover{color:var(--acc)}
details ol{margin:0;padding:0 20px 12px 36px}
li{margin:4px 0}
a{color:var(--acc)}
:focus-visible{outline:2px solid var(--acc);outline-offset:2px}
footer{margin-top:40px;padding-top:16px;border-top:1px solid var(--line);font-size:13px;color:var(--tx2)}
@media(max-width:640px){main{padding:24px 16px 48px}.top{grid-template-columns:1fr;gap:24px}.top figure{display:none}dl div{grid-template-columns:1fr;gap:2px}.downloads{grid-template-columns:1fr}}
`;
