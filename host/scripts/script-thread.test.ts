/** A script's thread: what comes back from it, and that nothing a script does outlives it or reaches anybody else. */
import { expect, it } from 'vitest';
import { LIMITS } from './sandbox-limits.ts';
import { ScriptFault, ScriptThread } from './script-thread.ts';

const REQUEST = { method: 'GET', url: 'http://x/', headers: [], session: 1 };
const limits = { ...LIMITS, callMs: 100, loadMs: 300 };
const lines: string[] = [];
const thread = (source: string) =>
  new ScriptThread(source, 'my.ts', { console: (level, text) => lines.push(`${level} ${text}`) }, limits);
const body = async (side: string) => new TextEncoder().encode(`body of the ${side}`);

it('loads TypeScript, calls hooks and brings them bodies', async () => {
  await using script = thread(
    'export async function request(r: { text(): Promise<string>; setText(t: string): void }) { console.log("in"); r.setText(`${await r.text()}!`) }',
  );
  expect(await script.loaded).toMatchObject({ hooks: ['request'] });
  const calls = Array.from({ length: 20 }, () => script.call('request', REQUEST, body));
  for (const { outcome } of await Promise.all(calls))
    expect(JSON.parse(outcome)).toEqual({ text: 'body of the request!' });
  expect(lines).toContain('log in');
});

it('a body that is not to be had is the hook’s to deal with', async () => {
  await using script = thread(
    'export async function request(r) { try { await r.text() } catch (e) { r.comment(e.message) } }',
  );
  const { outcome } = await script.call('request', REQUEST, () => Promise.reject(new Error('too large')));
  expect(JSON.parse(outcome)).toEqual({ comment: 'too large' });
});

it('a hook that throws leaves the thread as it was; one that overruns ends it', async () => {
  await using script = thread(
    'export function request(r) {\n  if (r.method === "GET") throw new Error("no");\n  for (;;);\n}',
  );
  await expect(script.call('request', REQUEST, body)).rejects.toMatchObject({
    problem: { message: 'Error: no', line: 2 },
  });
  expect(script.broken).toBe(false);
  const late = script.call('request', { ...REQUEST, method: 'PUT' }, body);
  await expect(late).rejects.toMatchObject({
    problem: { message: expect.stringMatching(/100 ms of processor time/), line: expect.any(Number) },
  });
  await expect(script.call('request', REQUEST, body)).rejects.toBeInstanceOf(ScriptFault);
  expect(script.broken).toBe(true);
});

it.each([
  [
    'nesting that overflows the stack of the machine',
    'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; JSON.stringify(o)',
  ],
  [
    'work inside the interpreter that no interrupt reaches',
    'const a = []; for (;;) a.push("x".repeat(1e6) + a.length)',
  ],
])('%s ends the thread and nothing else', async (_, work) => {
  await using script = thread(`export function request() { ${work} }`);
  await expect(script.call('request', REQUEST, body)).rejects.toBeInstanceOf(ScriptFault);
});

it.each([
  ['\nexport const x: = 1;', { line: 2, message: expect.stringMatching(/^SyntaxError/) }],
  ['\n\nthrow new Error("at load")', { line: 3, message: 'Error: at load' }],
  ['for (;;);', { line: 1, message: expect.stringMatching(/processor time/) }],
  ['import { x } from "sluice"', { message: expect.stringMatching(/one file/) }],
])('%j cannot be loaded, and says why', async (source, problem) => {
  await using script = thread(source);
  await expect(script.loaded).rejects.toMatchObject({ problem });
});

it('fails what is under way when it is closed', async () => {
  await using script = thread('export async function request(r) { await r.text() }');
  await script.loaded;
  const waiting = script.call('request', REQUEST, () => new Promise(() => {}));
  const failed = expect(waiting).rejects.toMatchObject({ problem: { message: 'The script was ended.' } });
  await script[Symbol.asyncDispose]();
  await failed;
});
