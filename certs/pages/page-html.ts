/** Markup of the certificate page and of its "not found": one document each, without scripts or anything fetched from elsewhere. */
import type { Authority } from '../authority.ts';
import { PKCS12_PASSWORD, xml } from '../encode-root.ts';
import { type TrustInstruction, trustInstructions } from '../trust-instructions.ts';
import { PAGE_STYLE } from './page-style.ts';
import { qrSvg } from './qr-svg.ts';

const BRAND = `<div class="brand"><svg width="22" height="22" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true"><path d="M3 3v14M17 3v14M3 5h14"/><path d="M6.5 9c1.2 1 2.3 1 3.5 0s2.3-1 3.5 0M6.5 13c1.2 1 2.3 1 3.5 0s2.3-1 3.5 0"/></svg>Sluice</div>`;

const document = (title: string, main: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${BRAND}
${main}
</main>
</body>
</html>
`;

/** The page itself. `url` is where it was asked for, `proxyAddress` what clients enter as their proxy. */
export function pageHtml(authority: Authority, url: string, proxyAddress: string): string {
  const instructions = trustInstructions({
    certificateFile: 'sluice.pem',
    certificateUrl: url,
    proxy: proxyAddress,
  });
  return document(
    'Trust Sluice’s root certificate',
    `<div class="top">
<div>
<h1>Trust Sluice’s root certificate</h1>
<p>Sluice can show a client’s HTTPS traffic once that client trusts this certificate. It belongs to one installation alone: install it only if you run that Sluice yourself or trust who does, and remove it when you have finished.</p>
<ul class="downloads">
<li><a class="main" href="sluice.crt">Certificate<small>DER, Windows and Android</small></a></li>
<li><a href="sluice.pem">PEM<small>Linux, Firefox, tools</small></a></li>
<li><a href="sluice.mobileconfig">Apple profile<small>iOS and macOS</small></a></li>
<li><a href="sluice.p12">PKCS#12<small>Java; password “${PKCS12_PASSWORD}”</small></a></li>
</ul>
</div>
<figure>${qrSvg(url, `QR code of ${url}`)}<figcaption>This page, for a phone</figcaption></figure>
</div>
<h2>Check that it is yours</h2>
<dl>
<div><dt>Name</dt><dd>${xml(authority.commonName)}</dd></div>
<div><dt>Valid until</dt><dd>${authority.expires.toISOString().slice(0, 10)}</dd></div>
<div><dt>SHA-256</dt><dd class="mono">${authority.fingerprint.replaceAll(':', ':<wbr>')}</dd></div>
<div><dt>Proxy</dt><dd class="mono">${xml(proxyAddress)}</dd></div>
</dl>
<h2>How to trust it</h2>
${instructions.map(systemHtml).join('\n')}
<footer>Sluice shows the same fingerprint in its window under Connect. The private key never leaves the machine that Sluice runs on.</footer>`,
  );
}

/** What an unknown path gets. */
export function notFoundHtml(): string {
  return document(
    'Not found · Sluice',
    '<h1>There is nothing here</h1>\n<p>Sluice serves its root certificate at this address and nothing else.</p>\n<p><a href="/">Go to the certificate</a></p>',
  );
}

function systemHtml({ system, steps }: TrustInstruction): string {
  const items = steps.map((step) => `<li>${stepHtml(step)}</li>`).join('');
  return `<details><summary>${xml(system)}</summary><ol>${items}</ol></details>`;
}

/** Backticks mark what is to be typed. */
function stepHtml(step: string): string {
  return step
    .split('`')
    .map((part, index) => (index % 2 === 1 ? `<code>${xml(part)}</code>` : xml(part)))
    .join('');
}
