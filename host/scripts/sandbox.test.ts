/** The sandbox: what scripts can do in it, and above all what they cannot. */
import { describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';
import { LIMITS, type SandboxLimits } from './sandbox-limits.ts';
import type { RawFault } from './script-fault.ts';

const HEADERS = [
  ['Content-Type', 'text/plain'],
  ['A', '1'],
  ['a', '2'],
];
const REQUEST = { method: 'GET', url: 'http://x.test/a/b?q=1&r=%C3%BC', headers: HEADERS, session: 7 };

interface Settled {
  readonly outcome?: Record<string, unknown>;
  readonly bytes?: Uint8Array | undefined;
  readonly fault?: RawFault | undefined;
}

/** One script, whose bodies are `body`. */
async function opened(
  source: string,
  { body = '', ...limits }: Partial<SandboxLimits> & { body?: string } = {},
) {
  const said: string[] = [];
  const settled = new Map<number, Settled>();
  const wants: [number, string][] = [];
  const sandbox = await Sandbox.open(
    {
      console: (level, text) => said.push(`${level} ${text}`),
      want: (call, side) => wants.push([call, side]),
      settle: (call, outcome, bytes) => settled.set(call, { outcome: JSON.parse(outcome), bytes }),
      fail: (call, fault) => settled.set(call, { fault }),
    },
    { ...LIMITS, callMs: 100, loadMs: 300, ...limits },
  );
  const loaded = sandbox.load(source, 'my.ts');
  let last = 0;
  return {
    sandbox,
    said,
    wants,
    loaded,
    call(hook: string, input: object = REQUEST, content?: Uint8Array): Settled {
      last += 1;
      let fault = sandbox.call(last, hook, JSON.stringify(input), content);
      for (let want = wants.shift(); want !== undefined && fault === undefined; want = wants.shift()) {
        fault = sandbox.deliver(want[0], want[1], Buffer.from(body));
      }
      return settled.get(last) ?? { fault };
    },
  };
}

const hook = (body: string) => `export async function request(r) { ${body} }`;
/** What a request hook with that body comes to. */
async function ran(body: string, options = {}): Promise<Settled> {
  return (await opened(hook(body), options)).call('request');
}
/** What an expression in it is. */
const value = async (expression: string, options = {}) =>
  (await ran(`r.comment(String(${expression}))`, options)).outcome?.comment;

describe('a script', () => {
  it('says what it takes part in', async () => {
    const { loaded } = await opened(
      'export const filter = "host:a"; export function request() {} export async function finished() {}\n' +
        'export const columns = { A: () => 1 }, views = { V: () => 2 }; export const other = 1;',
    );
    expect(loaded).toEqual({
      hooks: ['request', 'finished'],
      filter: 'host:a',
      columns: ['A'],
      views: ['V'],
      unknown: ['other'],
    });
    expect((await opened('export const request = 3')).loaded).toMatchObject({
      problem: '"request" must be a function.',
    });
  });

  it('edits a request, of which only what changed is told', async () => {
    expect((await ran('')).outcome).toEqual({});
    expect((await ran('r.method = "PUT"; r.url = "http://y/"; r.headers.set("b", 3)')).outcome).toEqual({
      method: 'PUT',
      url: 'http://y/',
      headers: [...HEADERS, ['b', '3']],
    });
    expect((await ran('r.headers.set("a", "x"); r.headers.add("A", "y")')).outcome?.headers).toEqual([
      HEADERS[0],
      ['A', 'x'],
      ['A', 'y'],
    ]);
    expect((await ran('r.headers.delete("A")')).outcome?.headers).toEqual([HEADERS[0]]);
    expect((await ran('r.query.set("q", "ü&"); r.query.delete("r")')).outcome).toEqual({
      url: 'http://x.test/a/b?q=%C3%BC%26',
    });
    expect((await ran('r.drop(); r.mark(2)')).outcome).toEqual({ drop: true, mark: 2 });
    expect(
      (await ran('r.answer({ status: 204, headers: { X: 1 }, body: { a: 1 } })')).outcome?.answer,
    ).toEqual({
      status: 204,
      headers: [
        ['X', '1'],
        ['Content-Type', 'application/json'],
      ],
      text: '{"a":1}',
    });
  });

  it.each([
    ['r.host + r.path + r.session', 'x.test/a/b7'],
    ['r.query.get("r") + r.query.get("none")', 'üundefined'],
    ['r.headers.all("a") + r.headers.get("NONE") + r.headers.has("content-type")', '1,2undefinedtrue'],
    ['[...r.headers].length', '3'],
    ['(await r.json()).n', '1\0ü'],
    ['(await r.bytes()).length', '13'],
    ['(await Promise.all([r.text(), r.text()])).map((t) => t.length)', '12,12'],
  ])('reads %s', async (expression, expected) => {
    expect(await value(expression, { body: '{"n":"1\\u0000ü"}'.slice(0, 99) })).toBe(
      expected === '13' ? '17' : expected === '12,12' ? '16,16' : expected,
    );
  });

  it('writes bodies as text, JSON and octets', async () => {
    expect((await ran('r.setText("a\\0ü")')).outcome).toEqual({ text: 'a\0ü' });
    expect((await ran('r.setJson({ a: [1] })')).outcome).toEqual({ text: '{"a":[1]}' });
    expect((await ran('r.setBytes(new Uint8Array([0, 255]))')).bytes).toEqual(new Uint8Array([0, 255]));
    expect((await ran('r.setBytes("text")')).fault?.message).toMatch(/Uint8Array/);
  });

  it('has responses, messages, sessions, columns and views', async () => {
    const script = await opened(
      `export async function response(r, q) { r.status += 1; r.setText(q.method + await r.text()) }
       export function message(m) { if (m.kind === 'text') m.text += '!'; else m.bytes = new Uint8Array([9, ...m.bytes]) }
       export function finished(s) { s.comment(s.response.status + s.type) }
       export const columns = { C: async (s) => ({ is: await s.request.text() }), none: () => undefined }
       export const views = { V: async (body, s) => s.id + body.headers.get('a') + await body.text() }`,
      { body: 'body' },
    );
    const response = { status: 200, reason: 'OK', headers: HEADERS, request: REQUEST };
    expect(script.call('response', response).outcome).toEqual({ status: 201, text: 'GETbody' });
    expect(script.call('message', { direction: 'sent', text: 'hi' }).outcome).toEqual({ text: 'hi!' });
    expect(script.call('message', { direction: 'sent' }, Buffer.from([1, 2])).bytes).toEqual(
      new Uint8Array([9, 1, 2]),
    );
    const session = { id: 3, type: 'text/plain', request: REQUEST, response };
    expect(script.call('finished', session).outcome).toEqual({ comment: '200text/plain' });
    expect(script.call('column', { name: 'C', ...session }).outcome).toEqual({ value: '{"is":"body"}' });
    expect(script.call('column', { name: 'none', ...session }).outcome).toEqual({});
    expect(script.call('view', { name: 'V', side: 'response', ...session }).outcome).toEqual({
      value: '31body',
    });
  });

  it('writes to its console, within bounds', async () => {
    const script = await opened(
      hook('console.warn("a", { b: 1 }, 1n, new Error("e")); for (let i = 0; i < 1e4; i++) console.log(i)'),
    );
    script.call('request');
    expect(script.said[0]).toBe('warn a {"b":1} 1n Error: e');
    expect(script.said).toHaveLength(200);
    expect(script.said.at(-1)).toMatch(/left out/);
  });

  it('has calls that wait beside others', async () => {
    const script = await opened(
      'export async function request(r) { if (r.path === "/w") r.comment(await r.text()); else r.mark(1) }',
    );
    script.sandbox.call(90, 'request', JSON.stringify({ ...REQUEST, url: 'http://x/w' }));
    expect(script.wants).toEqual([[90, 'request']]);
    script.wants.length = 0;
    expect(script.call('request').outcome).toEqual({ mark: 1 });
    expect(script.sandbox.deliver(90, 'request', undefined, 'no body')).toBeUndefined();
    // Nobody waits for it any more.
    expect(script.sandbox.deliver(90, 'request', Buffer.from('late'))).toBeUndefined();
  });
});

describe('what cannot be reached', () => {
  it.each([
    [
      'process, require, module, files, timers and the network',
      'typeof process + typeof require + typeof module + typeof fetch + typeof setTimeout + typeof XMLHttpRequest + typeof WebAssembly + typeof Atomics',
      'undefined'.repeat(8),
    ],
    [
      'a global of the host by constructor chains',
      '[].constructor.constructor("return typeof process")()',
      'undefined',
    ],
    [
      'one by what the host gave',
      'r.answer.constructor("return typeof process + typeof globalThis.process")()',
      'undefinedundefined',
    ],
    ['one by the console', 'console.log.constructor.constructor("return typeof process")()', 'undefined'],
    [
      'one by an async function',
      'await (async () => {}).constructor("return typeof process")()',
      'undefined',
    ],
    [
      'one by a generator',
      '(function* () {}).constructor("yield typeof process")().next().value',
      'undefined',
    ],
    ['one by eval', '(0, eval)("typeof process")', 'undefined'],
    [
      'one by an error of the sandbox',
      '(() => { try { null.x } catch (e) { return e.constructor.constructor("return typeof process")() } })()',
      'undefined',
    ],
    [
      'one by the prototype of a body',
      'Object.getPrototypeOf(await r.bytes()).constructor.constructor("return typeof process")()',
      'undefined',
    ],
    [
      'the caller of a hook',
      '(() => { try { return typeof arguments.callee.caller } catch (e) { return "none" } })()',
      'none',
    ],
  ])('%s', async (_, expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it.each([
    ['import fs from "node:fs"', /one file: "node:fs" cannot be imported/],
    ['import "./other.ts"', /cannot be imported/],
    ['await import("node:child_process")', /cannot be imported/],
    ['export * from "sluice"', /cannot be imported/],
  ])('%s', async (source, message) => {
    expect((await opened(source)).loaded).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('the host, by prototypes that a script has made its own', async () => {
    const script = await opened(`
      Object.prototype.status = 999; Object.prototype.drop = true; Object.prototype.toJSON = () => ({ drop: true });
      Array.prototype.map = () => ['stolen']; JSON.stringify = () => '{"method":"STOLEN"}'; JSON.parse = () => ({});
      Promise.prototype.then = function () { return this }; String.prototype.toLowerCase = () => 'x';
      export function request(r) { r.mark(1) }`);
    script.call('request');
    expect(({} as Record<string, unknown>).status).toBeUndefined();
    expect(JSON.stringify({ a: 1 })).toBe('{"a":1}');
    expect([1].map((n) => n + 1)).toEqual([2]);
  });

  it('__proto__ in what comes back stays a name', async () => {
    const { outcome } = await ran('r.setJson(JSON.parse(\'{"__proto__":{"polluted":1}}\'))');
    expect(outcome).toEqual({ text: '{"__proto__":{"polluted":1}}' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('what ends a script', () => {
  it.each([
    ['an endless loop', 'for (;;);', /processor time/],
    ['one that catches what interrupts it', 'for (;;) try { for (;;); } catch {}', /processor time/],
    ['one in a finally', 'try { for (;;); } finally { for (;;); }', /processor time/],
    ['a pattern that never ends', '/(a+)+$/.test("a".repeat(60) + "b")', /processor time/],
    [
      'promises without end',
      'const loop = () => Promise.resolve().then(loop); await loop()',
      /processor time/,
    ],
    [
      'a getter that never returns',
      'throw { get message() { for (;;); }, get name() { for (;;); } }',
      /cannot be shown|processor time|\[object|Thrown/,
    ],
    ['a value whose text never comes', 'r.comment({ toString() { for (;;); } })', /processor time/],
    ['too much memory', 'const a = []; for (;;) a.push(new Array(1e5).fill(0))', /out of memory/],
    ['one huge string', '"x".repeat(2 ** 29)', /out of memory|invalid string length|processor time/],
    ['one huge array', 'new Uint8Array(2 ** 30)', /out of memory|invalid|processor time/],
    ['recursion', '(function f() { return f() + 1 })()', /stack overflow/],
    ['waiting for nothing', 'await new Promise(() => {})', /never comes/],
    ['waiting for a thenable that lies', 'await { then() {} }', /never comes/],
  ])('%s', async (_, body, message) => {
    const { fault, outcome } = await ran(body, { memoryBytes: 24 * 1024 * 1024 });
    expect(outcome).toBeUndefined();
    expect(`${fault?.name}: ${fault?.message}`).toMatch(message);
  });

  it.each([
    ['a loop while it loads', '\nfor (;;);', /processor time/],
    ['a wait while it loads', 'await new Promise(() => {})', /never comes/],
    ['a throw while it loads', 'throw new Error("no")', /no/],
    ['text that is no script', 'let a = {', /SyntaxError/],
  ])('%s', async (_, source, message) => {
    const { loaded } = await opened(source);
    expect('message' in loaded ? `${loaded.name}: ${loaded.message}` : '').toMatch(message);
  });

  it('tells the line of what was thrown, whatever was thrown', async () => {
    const at = await opened('\nexport function request(r) {\n  throw new RangeError("out of it");\n}');
    expect(at.call('request').fault).toMatchObject({
      name: 'RangeError',
      message: 'out of it',
      stack: expect.stringMatching(/my\.ts:3:/),
    });
    expect((await ran('throw "a text"')).fault).toMatchObject({ name: 'Thrown', message: 'a text' });
    expect((await ran('throw null')).fault).toMatchObject({ name: 'Thrown' });
  });
});
