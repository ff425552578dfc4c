import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inCapture, writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const COUNT = 400;
let capture: Awaited<ReturnType<typeof writtenCapture>>;
beforeEach(async () => {
  capture = await writtenCapture(
    ...Array.from({ length: COUNT }, (_, i) =>
      makeSession({ id: i + 1, responseBody: `body ${i + 1}`.repeat(200) }),
    ),
  );
});
afterEach(() => capture[Symbol.dispose]());

const file = (name: string) => join(capture.path, name);
function change(name: string, at: number, bytes: Uint8Array): void {
  const all = readFileSync(file(name));
  all.set(bytes, at);
  writeFileSync(file(name), all);
}

describe('sluice verify', () => {
  it('of a whole capture says so, and ends with 0', async () => {
    const { code, out, err } = await sluice('verify', capture.path);
    expect([code, out]).toEqual([0, '']);
    expect(err).toMatch(/400 sessions, [\d.]+ KB of segments checked\nEverything is as it was written\./);
  });

  it('names the sessions that are damaged, as lines and as JSON, and ends with 1', async () => {
    const at = readFileSync(file('bodies-000001.seg')).indexOf('body 7');
    change('bodies-000001.seg', at, Uint8Array.of(0));
    const { code, out, err } = await sluice('verify', capture.path);
    expect(code).toBe(1);
    expect(out).toMatch(/^bodies-000001.seg: bytes \d+ to \d+ are not what was written$/m);
    expect(out).toMatch(/^session 7: its response body is damaged$/m);
    expect(err).toMatch(/\d+ faults; \d+ sessions are damaged\./);
    const lines = jsonLines(await sluice('verify', capture.path, '--json'));
    expect(lines).toContainEqual({ session: 7, what: 'its response body is damaged' });
  });

  it('of a capture that was cut short says what is missing; the rest is there', async () => {
    truncateSync(file('bodies-000001.seg'), statSync(file('bodies-000001.seg')).size - 2000);
    const damaged = new Set(
      jsonLines(await sluice('verify', capture.path, '--json')).flatMap(({ session }) => session ?? []),
    );
    expect(damaged.has(1)).toBe(false);
    expect(damaged.has(COUNT)).toBe(true);
    expect(damaged.size).toBeLessThan(COUNT);
    expect((await sluice('list', capture.path, '--json')).out.split('\n')).toHaveLength(COUNT + 1);
    expect((await sluice('show', capture.path, '1')).code).toBe(0);
    const lost = await sluice('show', capture.path, String(COUNT));
    expect([lost.code, lost.err]).toEqual([3, expect.stringContaining('[capture-damaged]')]);
  });

  it('of a damaged index says so; list and show give what is whole; --repair makes it usable', async () => {
    const page = Math.floor(readFileSync(file('index.db')).indexOf('/orders/200') / 4096);
    change('index.db', page * 4096, Buffer.alloc(4096, 0xa5));
    const before = await sluice('verify', capture.path);
    expect([before.code, before.err]).toEqual([1, expect.stringContaining('could not be read: sessions')]);
    const listed = await sluice('list', capture.path);
    expect(listed.err).toContain('could not be read: sessions');
    expect(listed.out.split('\n').length).toBeGreaterThan(COUNT / 2);
    const shown = await sluice('show', capture.path, '1', '--json');
    expect([shown.code, JSON.parse(shown.out).row.id]).toEqual([0, 1]);
    expect((await sluice('import', join(capture.folder, 'none.har'), '--capture', capture.path)).code).toBe(
      3,
    );

    const repaired = await sluice('verify', capture.path, '--repair');
    expect(repaired.err).toContain('The index was damaged and has been replaced');
    expect((await sluice('verify', capture.path)).code).toBe(0);
    await inCapture(
      capture.path,
      async (store) => {
        expect((await store.totals()).sessions).toBeGreaterThan(COUNT / 2);
      },
      'write',
    );
  });

  it('is not needed to hear of a damaged index: whoever reads it is told', { timeout: 60_000 }, async () => {
    using small = await writtenCapture(makeSession({ id: 1 }));
    const index = join(small.path, 'index.db');
    const all = readFileSync(index);
    // The page of the first row, which has its path.
    const page = Math.floor(all.indexOf('/orders/1') / 4096) * 4096;
    writeFileSync(index, all.fill(0xa5, page, page + 4096));
    for (const args of [
      ['export', small.path, '--to', join(small.folder, 'a.csv')],
      ['check', small.path],
      ['stats', small.path],
      ['diff', small.path, small.path],
    ])
      expect((await sluice(...args)).err, args[0]).toContain('could not be read: sessions');
  });

  it('of no capture says so', async () => {
    const { code, err } = await sluice('verify', join(capture.folder, 'none.sluice'));
    expect([code, err]).toEqual([3, expect.stringContaining('[capture-missing]')]);
  });
});
