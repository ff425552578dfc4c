/**
 * There is no cmd.exe where these tests run. Its reading of a line and the C runtime's reading of arguments are documented, and written out
 * in cmd-words.ts; before those, cmd replaces variables, which is done here. The words that come out are given to the real curl.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { cpuTime } from '../testing/cpu-time.ts';
import { CURL_ARGS, type EchoServer, runProgram, startEchoServer } from '../testing/echo-server.ts';
import { cmdWords } from './cmd-words.ts';
import { toCurl } from './write-curl.ts';

let echo: EchoServer;
const folder = mkdtempSync(join(tmpdir(), 'sluice-cmd-'));
beforeAll(async () => {
  echo = await startEchoServer();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await echo.close();
});

const VARIABLES: Readonly<Record<string, string>> = { TEMP: folder, PATH: 'path', X: 'expanded' };

/** `%NAME%` where there is such a variable; at the prompt anything else with percent signs stays. */
function withVariables(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const end = text[at] === '%' ? text.indexOf('%', at + 1) : -1;
    const value = end < 0 ? undefined : VARIABLES[text.slice(at + 1, end)];
    out += value ?? text[at];
    at = value === undefined ? at + 1 : end + 1;
  }
  return out;
}

/** The commands of the text, with the file that echo and certutil make really made. */
async function send(overrides: SessionOverrides) {
  const full = makeSession({ url: `${echo.origin}/`, requestHeaders: [echo.host], ...overrides });
  const text = toCurl(full.session, full.requestBody, 'cmd');
  const file =
    /^>"%TEMP%\\sluice-body\.b64" \(\n((?:echo [A-Za-z0-9+/=]+\n)+)\)\ncertutil -f -decode "%TEMP%\\sluice-body\.b64" "%TEMP%\\sluice-body\.bin" >nul\n/.exec(
      text,
    );
  const command = text.slice(file?.[0].length ?? 0);
  expect(file?.[0].split('\n').every((line) => line.length < 8191) ?? true).toBe(true);
  if (file !== null) {
    writeFileSync(
      join(folder, 'sluice-body.bin'),
      Buffer.from((file[1] ?? '').replace(/echo |\n/g, ''), 'base64'),
    );
  }
  const { commands } = cmdWords(withVariables(command));
  // A mark that was left open would have begun another one.
  expect(commands).toHaveLength(1);
  const [program, ...args] = commands[0]?.words ?? [];
  expect(program).toBe('curl');
  const words = args.map((word) => word.replace(`${folder}\\`, `${folder}/`));
  return echo.during(() => runProgram('curl', [...CURL_ARGS, ...words]));
}

describe('curl for cmd', () => {
  it('sends the same head: order, case, duplicates, nothing added', async () => {
    const requestHeaders: HeaderPair[] = [
      echo.host,
      ['X-One', '1'],
      ['x-ONE', '2'],
      ['sec-ch-ua', '"Chromium";v="1", "Not\\A\\"Brand\\\\"'],
      ['X-Path', 'C:\\dir\\'],
      ['X-Variables', '%PATH% %X% ^%X^% !X! 100%'],
      ['X-Empty', ''],
    ];
    const seen = await send({ url: `${echo.origin}/a/../b?x=[1-3]&y={a,b}&z=%41`, requestHeaders });
    expect(seen.target).toBe('/a/../b?x=[1-3]&y={a,b}&z=%41');
    expect(seen.headers.map(([name, value]) => [name, value.trim()])).toEqual(requestHeaders);
  });

  it('sends a JSON body in the line', async () => {
    const requestBody = '{"a":"it\'s \\"x\\"","path":"C:\\\\new\\\\","b":"1 & 2 | <3> (4) ^5 %PATH% !X!"}';
    const { body, method } = await send({ method: 'PUT', requestBody });
    expect(String(body)).toBe(requestBody);
    expect(method).toBe('PUT');
  });

  it.each([
    ['with line ends', 'a=1\r\n& calc\n'],
    ['outside ASCII', 'é 中 🚀'],
    ['with every octet', Uint8Array.from({ length: 512 }, (_, i) => i % 256)],
    ['longer than a line', 'long '.repeat(4000)],
  ])('sends a body %s by way of a file', async (_, requestBody) => {
    const { body } = await send({ method: 'POST', requestBody });
    expect(body.equals(Buffer.from(requestBody as string))).toBe(true);
  });

  it('sends any body', async () => {
    const nasty = fc.string({ unit: fc.constantFrom(...'\'"\\$`! #&;|<>%X^()0a'), minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(nasty, fc.uint8Array({ minLength: 1 })), async (requestBody) => {
        const { body } = await send({ method: 'POST', requestBody });
        expect(body.equals(Buffer.from(requestBody as string))).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  it('takes time in proportion to what is in it', () => {
    const { session } = makeSession({ requestHeaders: [['X', '\\'.repeat(200_000)]] });
    const spent = cpuTime();
    toCurl(session, new TextEncoder().encode('\\'.repeat(1_000_000)), 'cmd');
    expect(spent()).toBeLessThan(5000);
  });
});
