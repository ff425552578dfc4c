/** One script as rules ask it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTarget } from '#proxy-core/engine/target.ts';
import { draftRequest, draftResponse } from '#proxy-core/intercept/drafts.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { LIMITS } from './sandbox-limits.ts';
import { Script } from './script.ts';

const HEADERS: [string, string][] = [
  ['A', '1'],
  ['Content-Length', '2'],
];

async function started(source: string) {
  const folder = temporaryFolder();
  const file = join(folder.path, 'my.js');
  writeFileSync(file, source);
  let rewired = 0;
  const script = new Script({
    file,
    limits: { ...LIMITS, callMs: 100 },
    rewired: () => {
      rewired += 1;
    },
    changed: () => {},
  });
  const start = script.start();
  const request = draftRequest(
    { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: HEADERS },
    makeTarget('http', { host: 'a', port: 80 }, '/'),
  );
  return {
    script,
    start,
    file,
    rewired: () => rewired,
    ask: (content = 'ab') =>
      script.head({ draft: request, request, session: 3, content: async () => Buffer.from(content) }),
    response: () =>
      script.head({
        draft: draftResponse({ httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: HEADERS }),
        request,
        session: 3,
        content: () => Promise.reject(new Error('The response has no body.')),
      }),
    message: (text: string) =>
      script.message({
        direction: 'sent',
        text: true,
        content: Buffer.from(text),
        url: 'ws://a/',
        session: 3,
      }),
    [Symbol.asyncDispose]: async () => {
      await script[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

it('says how a message goes on; what it has no hook for goes on as it is', async () => {
  await using at = await started(
    'export async function request(r) { r.headers.set("A", (await r.text()) + r.session); r.mark(2) }\nexport function message(m) { m.text += "!" }',
  );
  // Asked while it loads, it answers once it has.
  expect(at.script.hooks).toBeUndefined();
  expect(await at.ask()).toEqual({
    resolution: {
      kind: 'go',
      headers: [
        ['A', 'ab3'],
        ['Content-Length', '2'],
      ],
    },
    note: { mark: 2 },
  });
  expect(at.script.hooks).toEqual(new Set(['request', 'message']));
  expect(await at.response()).toEqual({ resolution: { kind: 'go' }, note: {} });
  expect(await at.message('hi')).toEqual({ kind: 'go', content: new Uint8Array(Buffer.from('hi!')) });
  expect(at.script.calls).toBe(2);
});

it('goes off when a hook fails, and says so to whoever asks later', async () => {
  await using at = await started('export function request() { null.x }\nexport function message() {}');
  await at.start;
  const [first, second] = await Promise.allSettled([at.ask(), at.ask()]);
  expect(first).toMatchObject({
    status: 'rejected',
    reason: { message: expect.stringMatching(/^my\.js:1: TypeError/) },
  });
  // What was under way with it goes on as it is.
  expect(second).toMatchObject({ status: 'fulfilled', value: { resolution: { kind: 'go' } } });
  expect([at.script.on, at.script.hooks?.size]).toEqual([false, 0]);
  await expect(at.ask()).rejects.toThrow(/switched off: my\.js:1: TypeError/);
  expect(await at.message('passes')).toEqual({ kind: 'go' });
  expect(at.rewired()).toBeGreaterThan(1);
});

it('goes off when what it made could not be sent', async () => {
  await using at = await started('export function request(r) { r.headers.set("A", "b\\r\\nC: d") }');
  await expect(at.ask()).rejects.toThrow(/cannot be sent: .*one line/);
  expect(at.script.on).toBe(false);
});

it('may fail to read a body, and deal with it', async () => {
  await using at = await started(
    'export async function response(r) { await r.text().catch((e) => r.comment(e.message)) }',
  );
  expect(await at.response()).toEqual({
    resolution: { kind: 'go' },
    note: { comment: 'The response has no body.' },
  });
});

it('what only shows something may throw, and stays on', async () => {
  await using at = await started('export const columns = { C: () => { throw new Error("no") } }');
  const asked = at.script.call(
    'column',
    { name: 'C', request: { headers: [] } },
    { soft: true, read: () => 'never' },
  );
  expect(await asked).toBeUndefined();
  expect(at.script.on).toBe(true);
  expect(at.script.console.at(-1)).toMatchObject({ level: 'error', text: 'my.js:1: Error: no' });
});

it('the newest load counts, and what is stopped is forgotten', async () => {
  await using at = await started('export function request() {}');
  writeFileSync(at.file, 'export function response() {}');
  const again = at.script.start();
  await Promise.all([at.start, again]);
  expect(at.script.hooks).toEqual(new Set(['response']));
  at.script.stop();
  expect([at.script.on, at.script.problem, await at.ask()]).toEqual([
    false,
    undefined,
    { resolution: { kind: 'go' }, note: {} },
  ]);
});

it('keeps the newest lines of its console, and warns of exports that mean nothing', async () => {
  await using at = await started('export const reqest = 1; for (let i = 0; i < 900; i++) console.log(i)');
  await at.start;
  for (let i = 0; i < 600; i += 1) at.script.say('log', String(i));
  expect(at.script.console).toHaveLength(500);
  at.script.say('nonsense', 'x');
  expect(at.script.console.at(-1)).toMatchObject({ level: 'log', text: 'x' });
});
