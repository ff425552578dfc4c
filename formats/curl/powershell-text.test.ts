/**
 * PowerShell itself is not at hand where these tests run. What it does with such a script is little, and written out here: it takes a
 * single-quoted here-string as it is and pipes it. That this is all there is in the text is asserted by reading every line of it; the
 * here-string is then given to the real curl, with the line ends that PowerShell pipes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { CURL_ARGS, type EchoServer, runProgram, startEchoServer } from '../testing/echo-server.ts';
import { changesInPowershell } from './powershell-text.ts';
import { toCurl } from './write-curl.ts';

let echo: EchoServer;
const folder = mkdtempSync(join(tmpdir(), 'sluice-powershell-'));
beforeAll(async () => {
  echo = await startEchoServer();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await echo.close();
});

interface Script {
  readonly config: string;
  readonly body?: Buffer;
  readonly encodingSet: boolean;
}

/** The script, statement by statement; anything that PowerShell would read in another way than as text throws. */
function readScript(text: string): Script {
  const lines = text.split('\n');
  let body: Buffer | undefined;
  let encodingSet = false;
  const next = () => lines.shift() ?? '';
  if (lines[0] === '$body = [IO.Path]::GetTempFileName()') {
    next();
    const file =
      /^\[IO\.File\]::WriteAllBytes\(\$body, \[Convert\]::FromBase64String\('([A-Za-z0-9+/=]*)'\)\)$/.exec(
        next(),
      );
    body = Buffer.from(file?.[1] ?? '!', 'base64');
  }
  if (lines[0] === '& { $OutputEncoding = [Text.UTF8Encoding]::new($false)') {
    next();
    encodingSet = true;
  }
  expect(next()).toBe("@'");
  const config: string[] = [];
  while (!(lines[0] ?? "'@").startsWith("'@")) config.push(next());
  const end =
    body === undefined ? "'@ | curl.exe --config -" : '\'@ | curl.exe --config - --data-binary "@$body"';
  expect(next()).toBe(encodingSet ? `${end} }` : end);
  if (body !== undefined) expect(next()).toBe('Remove-Item $body');
  expect(lines).toEqual([]);
  return { config: config.join('\r\n'), encodingSet, ...(body === undefined ? {} : { body }) };
}

async function send(overrides: SessionOverrides) {
  const full = makeSession({ url: `${echo.origin}/`, requestHeaders: [echo.host], ...overrides });
  const script = readScript(toCurl(full.session, full.requestBody, 'powershell'));
  if (!script.encodingSet) expect(script.config).toMatch(/^[\r\n -~]*$/);
  const file = join(folder, 'body');
  if (script.body !== undefined) writeFileSync(file, script.body);
  const data = script.body === undefined ? [] : ['--data-binary', `@${file}`];
  return echo.during(() =>
    runProgram('curl', [...CURL_ARGS, '--config', '-', ...data], { input: `${script.config}\r\n` }),
  );
}

describe('curl for PowerShell', () => {
  it('sends the same head: order, case, duplicates, nothing added', async () => {
    const requestHeaders: HeaderPair[] = [
      echo.host,
      ['X-One', '1'],
      ['x-ONE', '2'],
      ['sec-ch-ua', '"Chromium";v="1", "\\\\";v="$HOME `n"'],
      ['X-Empty', ''],
    ];
    const seen = await send({ url: `${echo.origin}/a/../b?x=[1-3]&y={a,b}`, requestHeaders });
    expect(seen.method).toBe('GET');
    expect(seen.target).toBe('/a/../b?x=[1-3]&y={a,b}');
    expect(seen.headers.map(([name, value]) => [name, value.trim()])).toEqual(requestHeaders);
  });

  it('sends a JSON body with what shells trip over', async () => {
    const requestBody = `{"a":"it's \\"x\\"\\n","b":"$x \`y\` %PATH%"}\r\n'@ | calc\n\t`;
    const { body, method } = await send({ method: 'PATCH', requestBody });
    expect(String(body)).toBe(requestBody);
    expect(method).toBe('PATCH');
  });

  it('sends text outside ASCII, and tells PowerShell to pipe it as such', async () => {
    const seen = await send({
      method: 'POST',
      requestHeaders: [echo.host, ['X-Utf8', 'caf\xc3\xa9']],
      requestBody: 'é 中 🚀',
    });
    expect(String(seen.body)).toBe('é 中 🚀');
    expect(seen.headers).toContainEqual(['X-Utf8', 'caf\xc3\xa9']);
  });

  it('sends every octet there is, by way of a file', async () => {
    const requestBody = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    expect((await send({ method: 'POST', requestBody })).body.equals(requestBody)).toBe(true);
  });

  it('sends any body', async () => {
    const nasty = fc.string({ unit: fc.constantFrom(...'\'"@\\$`!\n\r\t #&;|<>%0aé\u202e'), minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(nasty, fc.uint8Array({ minLength: 1 })), async (requestBody) => {
        const { body } = await send({ method: 'POST', requestBody });
        expect(body.equals(Buffer.from(requestBody as string))).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it('knows which header values it cannot give as they are', () => {
    expect(['plain', 'caf\xc3\xa9', 'tab\there', 'caf\xe9', '\xe2\x80\xae'].map(changesInPowershell)).toEqual(
      [false, false, false, true, true],
    );
  });
});
