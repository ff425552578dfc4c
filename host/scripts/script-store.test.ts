/** The scripts of a host without one: files, switches, what rules run, what is written where. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '#proxy-core/testing/until.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { ScriptStore } from './script-store.ts';

const HOOK = 'export function request(r) { r.mark(1) }';

async function stored(files: Record<string, string> = {}, named: readonly string[] = []) {
  const folder = temporaryFolder();
  const own = join(folder.path, 'scripts');
  mkdirSync(own);
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder.path, name), source);
  const open = () => ScriptStore.open({ folder: own, files: named.map((name) => join(folder.path, name)) });
  return {
    folder: folder.path,
    own,
    open,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
const names = (store: ScriptStore, on = true) =>
  store
    .state()
    .filter((one) => one.on === on)
    .map(({ name }) => name);

it('runs what the command line names; what is in the folder is off until somebody switches it on', async () => {
  using at = await stored(
    { 'a.ts': HOOK, 'scripts/b.ts': HOOK, 'scripts/sluice.d.ts': '', 'scripts/c.txt': '' },
    ['a.ts'],
  );
  {
    await using store = await at.open();
    expect([names(store), names(store, false)]).toEqual([['a.ts'], ['b.ts']]);
    expect(store.rules()).toEqual([
      {
        name: 'script a.ts',
        enabled: true,
        when: '',
        actions: [{ action: 'run-script', file: join(at.folder, 'a.ts') }],
      },
    ]);
    await store.switch(join(at.own, 'b.ts'), true);
    expect(names(store)).toEqual(['a.ts', 'b.ts']);
    expect(JSON.parse(readFileSync(join(at.own, 'on.json'), 'utf8'))).toEqual(['b.ts']);
  }
  // It is on in the next run, too.
  await using again = await at.open();
  expect(names(again)).toEqual(['a.ts', 'b.ts']);
  await again.switch(join(at.own, 'b.ts'), false);
  expect(again.rules()).toHaveLength(1);
  await expect(again.switch('/elsewhere.ts', true)).rejects.toMatchObject({ code: 'not-found' });
});

it.each([
  ['a.ts', '\nexport const x: = 1;', /a\.ts:2: SyntaxError/],
  ['a.ts', 'throw new Error("no")', /a\.ts:1: Error: no/],
  ['a.ts', 'export const filter = "hots:a"', /The filter cannot be used: .*Did you mean "host"/],
  ['a.ts', 'export const request = 1', /"request" must be a function/],
  ['a.ts', `//${'x'.repeat(1024 * 1024)}`, /at most 1048576 bytes/],
  ['b.ts', '', /There is no such file/],
])('%s that says %.30j is refused at the start', async (name, source, message) => {
  using at = await stored({ 'a.ts': source }, [name]);
  await expect(at.open()).rejects.toMatchObject({
    code: 'bad-script',
    message: expect.stringMatching(message),
  });
});

it('a script of the folder that is damaged is off, and the start goes on', async () => {
  using at = await stored({ 'scripts/b.ts': 'oops(', 'scripts/on.json': '["b.ts"]' });
  await using store = await at.open();
  expect(store.state()).toMatchObject([
    { name: 'b.ts', on: false, problem: { message: expect.stringMatching(/^SyntaxError/) } },
  ]);
});

it('loads again what is saved, also after a fault', async () => {
  using at = await stored({ 'a.ts': HOOK }, ['a.ts']);
  await using store = await at.open();
  let rewired = 0;
  using _ = store.onRewired(() => (rewired += 1));
  const file = join(at.folder, 'a.ts');
  writeFileSync(file, 'export function response() {}');
  await until(
    () => store.state()[0]?.hooks.join() === 'response',
    () => JSON.stringify(store.state()),
  );
  expect(rewired).toBeGreaterThan(0);
  writeFileSync(file, 'export function response( {');
  await until(
    () => store.state()[0]?.problem !== undefined,
    () => JSON.stringify(store.state()),
  );
  expect([names(store), store.rules()]).toEqual([[], []]);
  expect(store.state()[0]?.console.at(-1)?.text).toMatch(/The script is switched off\.$/);
  writeFileSync(file, HOOK);
  await until(
    () => names(store).length === 1 && !store.state()[0]?.loading,
    () => JSON.stringify(store.state()),
  );
});

it('runs what rules run, for as long as they do', async () => {
  using at = await stored({ 'a.ts': HOOK });
  await using store = await at.open();
  const file = join(at.folder, 'a.ts');
  const load = (wanted: boolean, problems: string[] = []) =>
    store.loading(() => {
      store.port(file, wanted);
      return problems;
    });
  load(false);
  expect(names(store, false)).toEqual(['a.ts']);
  load(true);
  await store.settled();
  expect(store.state()).toMatchObject([{ on: true, fixed: true }]);
  // The rules that run it are rules already.
  expect(store.rules()).toEqual([]);
  store.loading(() => ['a problem: nothing changes']);
  expect(names(store)).toEqual(['a.ts']);
  store.loading(() => []);
  expect(names(store)).toEqual([]);
  expect(() => store.port(join(at.folder, 'none.ts'), true)).toThrow(/There is no script/);
});

it('writes new scripts, sources of known ones, and nothing else', async () => {
  using at = await stored({ 'a.ts': HOOK }, ['a.ts']);
  await using store = await at.open();
  const file = await store.save('new one.ts', HOOK);
  expect(file).toBe(join(at.own, 'new one.ts'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await store.source(file)).toBe(HOOK);
  expect(names(store, false)).toEqual(['new one.ts']);
  await store.save(join(at.folder, 'a.ts'), '// other');
  expect(readFileSync(join(at.folder, 'a.ts'), 'utf8')).toBe('// other');
  for (const name of ['../x.ts', join(at.folder, 'x.ts'), '.hidden.ts', 'x.json', 'on.json']) {
    await expect(store.save(name, 'x')).rejects.toMatchObject({ code: 'not-found' });
  }
  expect(existsSync(join(at.folder, 'x.ts'))).toBe(false);
  await expect(store.source('/etc/passwd')).rejects.toMatchObject({ code: 'not-found' });
  await expect(store.remove(join(at.folder, 'a.ts'))).rejects.toMatchObject({ code: 'not-allowed' });
  await store.remove(file);
  expect([existsSync(file), names(store, false)]).toEqual([false, []]);
  rmSync(join(at.folder, 'a.ts'));
  await expect(store.source(join(at.folder, 'a.ts'))).rejects.toMatchObject({ code: 'file-unreadable' });
});

it('finds scripts that are put into the folder', async () => {
  using at = await stored();
  await using store = await at.open();
  writeFileSync(join(at.own, 'late.ts'), HOOK);
  await until(
    () => names(store, false).join() === 'late.ts',
    () => JSON.stringify(store.state()),
  );
});
