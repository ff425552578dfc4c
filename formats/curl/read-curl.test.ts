/** Command lines as people paste them. Where curl itself can be asked what it sends, it is: on loopback, with the same command. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import type { ImportedRequest } from '../requests/imported-request.ts';
import { type EchoServer, runBash, startEchoServer } from '../testing/echo-server.ts';
import { looksLikeCurl, readCurl } from './read-curl.ts';
import { CURL_SHELLS, toCurl } from './write-curl.ts';

function read(text: string) {
  const losses = new Losses();
  const requests = readCurl(text, losses);
  return { requests, lost: losses.report().losses.map(({ what, detail }) => `${what}: ${detail}`) };
}

/** The one request of a text that loses nothing. */
function one(text: string): ImportedRequest {
  const { requests, lost } = read(text);
  expect(lost).toEqual([]);
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error('no request');
  return request;
}

const fields = ({ headers }: ImportedRequest) => headers.map(({ name, value }) => `${name}: ${value}`);
/** curl writes a space as a plus and digits in small letters: the same octets, once decoded. */
const same = (text: string) => text.replaceAll('+', '%20').replace(/%../g, (code) => code.toUpperCase());
const bodyOf = ({ body }: ImportedRequest) => byteString(body);

describe('what curl sends is what is read', () => {
  let echo: EchoServer;
  beforeAll(async () => {
    echo = await startEchoServer();
  });
  afterAll(() => echo.close());

  it.each([
    ["'URL/a?b=1' -H 'X-A: 1' -H 'x-a: 2' -H 'X-E;' -H 'Accept:'"],
    ["URL/ -d a=1 -d 'b=2 3'"],
    ["URL/ --data-urlencode 'a b' --data-urlencode 'c=d e&' --data-urlencode '=f=g'"],
    ["-G URL/?x=1 -d a=1 --data-urlencode 'b=ü'"],
    ["URL/ --json '{\"a\":' --json '1}'"],
    ['URL/ -I'],
    ['-X DELETE URL/1'],
    ['URL/ -u user:pa:ss'],
    ["URL/ -b 'a=b' -A agent -e http://ref.test/"],
    ['URL/ -r 0-9 --oauth2-bearer tok'],
    ["URL/ -H 'Content-Type: text/plain' --data-raw '@x'"],
    ["URL/ -d @- <<< 'a\nb'"],
    ["URL/ --data-binary @- <<< 'a\nb'"],
    ["URL/ --url-query 'q=a b'"],
    ['http://us%65r:pw@HOST/x'],
    ['HOST/no-scheme'],
    ["URL/ -d '' "],
    ["URL/ --data-raw $'\\xff\\x01\\'\\n'"],
  ])('curl %s', async (args) => {
    const command = `curl ${args.replaceAll('URL', echo.origin).replaceAll('HOST', echo.host[1])}`;
    const agent = /-A /.test(args) ? '' : " -H 'User-Agent:'";
    const sent = await echo.during(() =>
      runBash(`curl() { command curl -q -sS --noproxy '*' "$@"; }; ${command}${agent}`),
    );
    const request = one(command);
    expect(request.method).toBe(sent.method);
    expect(request.url).toBe(same(`${echo.origin}${sent.target}`));
    expect(bodyOf(request)).toBe(
      /urlencode/.test(args) ? same(sent.body.toString('latin1')) : sent.body.toString('latin1'),
    );
    const framing = /^(?:host|content-length): /i;
    const wire = sent.headers
      .map(([name, value]) => `${name}: ${value.trim()}`)
      .filter((line) => !framing.test(line));
    expect(fields(request).sort()).toEqual(wire.sort());
  });

  it('parts of a form, but for the boundary', async () => {
    const command = `curl ${echo.origin}/ -F a=1 -F 'b=x;type=text/html' -F 'c="q;\\"r";filename=f.txt;type=text/plain' --form-string 'd=@e;f'`;
    const sent = await echo.during(() =>
      runBash(`curl() { command curl -q -sS --noproxy '*' "$@"; }; ${command}`),
    );
    const request = one(command);
    const generic = (body: string) =>
      body.replace(/--[-\w]+?(?=(?:--)?\r\n)/g, '--B').replaceAll('--B--', '--B');
    expect(generic(bodyOf(request))).toBe(generic(sent.body.toString('latin1')));
    expect(fields(request)).toContain('Content-Type: multipart/form-data; boundary=sluice-form-boundary');
  });
});

describe('as browsers copy it', () => {
  it('Chrome, for bash', () => {
    const request = one(`curl 'https://acme.test/api?q=1' \\
  -H 'accept: application/json' \\
  -H 'sec-ch-ua: "Chromium";v="140"' \\
  -b 'sid=1; t=2' \\
  --data-raw $'{"name":"O\\'Brien \\u0021"}' \\
  --compressed ;
`);
    expect(request.method).toBe('POST');
    expect(fields(request)).toEqual([
      'accept: application/json',
      'sec-ch-ua: "Chromium";v="140"',
      'Cookie: sid=1; t=2',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Content-Type: application/x-www-form-urlencoded',
    ]);
    expect(bodyOf(request)).toBe('{"name":"O\'Brien !"}');
  });

  it('Chrome, for cmd', () => {
    const request = one(
      'curl ^"https://acme.test/api?a=1^&b=^%^20^" ^\r\n  -X ^"PUT^" ^\r\n  -H ^"x-a: ^\\^"q^\\^"^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":1^}^"',
    );
    expect(request).toMatchObject({ method: 'PUT', url: 'https://acme.test/api?a=1&b=%20' });
    expect(fields(request)).toContain('x-a: "q"');
    expect(bodyOf(request)).toBe('{"a":1}');
  });

  it('Chrome, for PowerShell', () => {
    const request = one(`$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (X11)"
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "1", "/", "acme.test")))
$session.Cookies.Add((New-Object System.Net.Cookie("t", "2", "/", "acme.test")))
Invoke-WebRequest -UseBasicParsing -Uri "https://acme.test/api" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"accept"="*/*"
  "x-q"="\`"a\`""
} \`
-ContentType "application/json" \`
-Body ([System.Text.Encoding]::UTF8.GetBytes("{\`"a\`":\`"$([char]233)\`"}"))`);
    expect(request).toMatchObject({ method: 'POST', url: 'https://acme.test/api' });
    expect(fields(request)).toEqual([
      'User-Agent: Mozilla/5.0 (X11)',
      'Cookie: sid=1; t=2',
      'accept: */*',
      'x-q: "a"',
      'Content-Type: application/json',
    ]);
    expect(bodyOf(request)).toBe('{"a":"\xc3\xa9"}');
  });

  it('Firefox, for bash', () => {
    const request = one(
      "curl 'https://acme.test/' --compressed -X POST -H 'User-Agent: F' -H 'Accept: */*' --data-raw 'a=1&b=2'",
    );
    expect(request).toMatchObject({ method: 'POST', url: 'https://acme.test/' });
    expect(bodyOf(request)).toBe('a=1&b=2');
  });
});

describe('our own command lines', () => {
  const overrides: SessionOverrides = {
    method: 'PATCH',
    url: 'https://acme.test/a?b=[1]&c={d}',
    requestHeaders: [
      ['Host', 'other.test'],
      ['X-Quote', '"it\'s" 100% $x ^y'],
      ['X-Empty', ''],
    ],
    requestBody: '{"a":"it\'s \\"x\\""}',
  };

  it.each(CURL_SHELLS)('for %s give the request that they came from', (shell) => {
    const full = makeSession(overrides);
    const request = one(toCurl(full.session, full.requestBody, shell));
    expect(request).toMatchObject({ method: 'PATCH', url: 'https://acme.test/a?b=[1]&c={d}' });
    expect(fields(request)).toEqual(['Host: other.test', 'X-Quote: "it\'s" 100% $x ^y', 'X-Empty: ']);
    expect(bodyOf(request)).toBe(full.requestBody.toString().length > 0 ? byteString(full.requestBody) : '');
  });

  it('with NUL in the body too', () => {
    const full = makeSession({ method: 'POST', requestBody: Uint8Array.of(0, 1, 255, 39) });
    expect(bodyOf(one(toCurl(full.session, full.requestBody)))).toBe("\0\x01\xff'");
  });
});

describe('what cannot be kept', () => {
  it('is told: files, the connection, certificates, what only a shell knows', () => {
    const text =
      'curl https://a.test/ -d @body.json -F \'f=@photo.png\' -x http://p:1 --cert me.pem --digest -H "A: $T"';
    expect(read(text).lost).toEqual([
      'what the shell would have put in its place: $T',
      'content of a file: body.json',
      'content of a file: photo.png',
      'option of curl: --proxy',
      'option of curl: --cert',
      'option of curl: --digest',
    ]);
  });

  it('curl that is told where certificates do not matter says so', () => {
    expect(read('curl -k https://a.test/').lost).toEqual(['option of curl: --insecure']);
  });

  it('addresses that curl would multiply are one', () => {
    const { requests, lost } = read("curl 'https://a.test/[1-3]'");
    expect(requests).toHaveLength(1);
    expect(lost).toEqual(['addresses that curl would make of brackets or braces: https://a.test/[1-3]']);
    expect(read("curl -g 'https://a.test/[1-3]'").lost).toEqual([]);
  });

  it('a header with a line end in it stays one line', () => {
    expect(fields(one("curl a.test -H $'X: a\\r\\nY: b'"))).toContain('X: a Y: b');
  });
});

describe('several requests', () => {
  it('are read in order: commands, --next, addresses', () => {
    const { requests } = read(
      'curl a.test b.test -d x --next c.test -X PUT\necho hello\n/usr/bin/curl d.test',
    );
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST http://a.test',
      'POST http://b.test',
      'PUT http://c.test',
      'GET http://d.test',
    ]);
  });
});

describe('what is no curl command', () => {
  it.each(['', 'wget https://a.test/', 'curl', 'curl -v', 'hello'])('%j is refused', (text) => {
    expect(() => read(text)).toThrow('no curl command');
  });

  it('is told apart when something is pasted', () => {
    const yes = ["curl 'x'", '  curl.exe x', '$ curl x', 'Invoke-WebRequest -Uri x', '$session = New-Object'];
    expect(yes.map(looksLikeCurl)).toEqual(yes.map(() => true));
    expect(['https://curl.se/', 'curling', ''].map(looksLikeCurl)).toEqual([false, false, false]);
  });

  it('S1: too much of it is refused before it is read', () => {
    expect(() => read(`curl ${'x'.repeat(40_000_000)}`)).toThrow('split this one');
    expect(() => read('curl a;'.repeat(10_001))).toThrow('more than 10000 requests');
  });
});
