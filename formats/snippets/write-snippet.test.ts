/** Code is run where its language is at hand, with the library it calls put in its place; what it asks for is what the session says. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { runBash } from '../testing/echo-server.ts';
import { SNIPPET_TARGETS } from './snippet-targets.ts';
import { toSnippet } from './write-snippet.ts';

function code(id: string, overrides: SessionOverrides): Promise<string> {
  const full = makeSession(overrides);
  const target = SNIPPET_TARGETS.find((one) => one.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  return toSnippet(full.session, full.requestBody, target);
}

const BODY = '{"name":"O\'Brien \\"x\\" é 🚀","cost":"$1 `id` $(id) #{id} ${id}\\\\"}';
const HEADERS: HeaderPair[] = [
  ['Host', 'acme.test'],
  ['Content-Type', 'application/json; charset="utf-8"'],
  ['X-Quote', `it's "q" $(id) \`id\` #{id}`],
  ['X-Two', '1'],
  ['x-two', '2'],
  ['Content-Length', '99'],
  ["X-Odd'Name", '1'],
];
const HOSTILE: SessionOverrides = {
  method: 'POST',
  url: 'https://acme.test:8443/a\'b/"c"/$(id)?x=`id`&y=\\\'&z=[1]&w=%41',
  requestHeaders: HEADERS,
  requestBody: BODY,
};
const URL_SENT = 'https://acme.test:8443/a%27b/%22c%22/%24(id)?x=%60id%60&y=%5C%27&z=[1]&w=%41';
const SENT = {
  'Content-Type': 'application/json; charset="utf-8"',
  'X-Quote': `it's "q" $(id) \`id\` #{id}`,
  'X-Two': '1, 2',
};

describe('code that is run', () => {
  it('node-fetch asks for the same', async () => {
    const asked: unknown[] = [];
    const fetch = (...args: unknown[]) => {
      asked.push(...args);
      return new Promise(() => undefined);
    };
    runInNewContext(await code('node-fetch', HOSTILE), { fetch, console });
    expect(JSON.parse(JSON.stringify(asked))).toEqual([
      URL_SENT,
      { method: 'POST', headers: SENT, body: BODY },
    ]);
  });

  it('node-axios asks for the same', async () => {
    const asked: unknown[] = [];
    const axios = {
      request(options: unknown) {
        asked.push(options);
        return new Promise(() => undefined);
      },
    };
    const text = await code('node-axios', HOSTILE);
    expect(text).toContain("import axios from 'axios';");
    runInNewContext(text.replace("import axios from 'axios';", ''), { axios, console });
    expect(JSON.parse(JSON.stringify(asked))).toEqual([
      { method: 'POST', url: URL_SENT, headers: SENT, data: BODY },
    ]);
  });

  it.skipIf(spawnSync('python3', ['--version']).status !== 0)(
    'python asks for the same (skipped where it is not installed)',
    async () => {
      const stub = `import sys, types, json
class Response: text = ''
def ask(method):
    def call(url, data=None, headers=None, **more):
        print(json.dumps([method, url, data, headers, more])); return Response()
    return call
sys.modules['requests'] = types.SimpleNamespace(post=ask('POST'), get=ask('GET'), request=lambda m, u, **k: ask(m)(u, **k))
`;
      const { stdout, stderr } = spawnSync('python3', ['-'], {
        input: stub + (await code('python', HOSTILE)),
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout.trim().split('\n')[0] ?? '')).toEqual(['POST', URL_SENT, BODY, SENT, {}]);
    },
  );

  it('httpie is given the same', async () => {
    const fake = `http() { printf '%s\\0' "$@"; printf 'stdin:'; cat; }\n`;
    const words = (await runBash(fake + (await code('httpie', HOSTILE)))).toString().split('\0');
    expect(words.slice(0, 2)).toEqual(['POST', URL_SENT]);
    expect(words.slice(2, -1)).toEqual(Object.entries(SENT).map(([name, value]) => `${name}:${value}`));
    expect(words.at(-1)).toBe(`stdin:${BODY}`);
  });

  it('wget is given the same', async () => {
    const words = (await runBash(`wget() { printf '%s\\0' "$@"; }\n${await code('wget', HOSTILE)}`))
      .toString()
      .split('\0');
    expect(words).toEqual(expect.arrayContaining([URL_SENT, BODY, `X-Quote: ${SENT['X-Quote']}`]));
  });
});

describe.each(SNIPPET_TARGETS.map(({ id }) => id))('%s', (id) => {
  it('has every part of the request', async () => {
    const text = await code(id, {
      method: 'PUT',
      url: 'https://acme.test/a?b=c',
      requestHeaders: [
        ['X-A', 'one'],
        ['Content-Type', 'text/plain'],
      ],
      requestBody: 'the body',
    });
    for (const part of ['acme.test', 'b=c', 'X-A', 'one', 'text/plain', 'the body'])
      expect(text).toContain(part);
    expect(text).toMatch(/put/i);
    expect(text).not.toMatch(/sluice \d/);
  });

  it('is written for a plain GET too', async () => {
    const text = await code(id, { requestHeaders: [['Accept', '*/*']] });
    expect(text).toContain('api.acme.test');
    expect(text).not.toMatch(/sluice \d|undefined|\[object/);
  });

  it('lets no hostile text out of its literal', async () => {
    const text = await code(id, HOSTILE);
    // Of the address only octets are left of what could end a literal.
    expect(text).not.toContain('$(id)?');
    expect(text).not.toContain("Odd'Name");
    expect(text).not.toMatch(/sluice \d/);
  });
});

describe('what code cannot say', () => {
  it('is refused with a way out', async () => {
    await expect(code('python', { method: 'POST', requestBody: Uint8Array.of(0, 255) })).rejects.toThrow(
      'copy the request as cURL',
    );
    await expect(code('python', { method: 'GET X' })).rejects.toThrow('cannot be written for GET X');
    await expect(code('powershell', { method: 'PURGE' })).rejects.toThrow(
      'PowerShell code cannot be written for PURGE',
    );
    await expect(code('go', { kind: 'tunnel', url: 'https://a.test/' })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('a text that looks like a placeholder stays a text', async () => {
    const text = await code('node-fetch', {
      method: 'POST',
      requestHeaders: [['X-A', 'sluice 1 text']],
      requestBody: 'sluice 0 text',
    });
    expect(text).toContain("body: 'sluice 0 text'");
    expect(text).toContain("'X-A': 'sluice 1 text'");
  });
});

it('the part of the library that is used is pure: no Node, no network', () => {
  const seen = new Set<string>();
  const visit = (file: URL) => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    const source = readFileSync(file, 'utf8');
    for (const [, name = ''] of source.matchAll(/^(?:import|export)\s[^;]*?from\s*["']([^"']+)["']/gm)) {
      expect(name).toMatch(/^\.|^stringify-object$/);
      if (name.startsWith('.')) visit(new URL(name, file));
    }
  };
  visit(new URL(import.meta.resolve('@readme/httpsnippet/targets')));
  expect(seen.size).toBeGreaterThan(1);
});
