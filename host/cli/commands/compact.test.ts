import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inCapture, writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const bodies = [1, 2, 3, 4].map(() => new Uint8Array(randomBytes(200_000)));
let capture: Awaited<ReturnType<typeof writtenCapture>>;
beforeEach(async () => {
  capture = await writtenCapture(
    ...bodies.map((responseBody, i) => makeSession({ id: i + 1, responseBody })),
  );
});
afterEach(() => capture[Symbol.dispose]());

const remove = (...ids: number[]) => inCapture(capture.path, (store) => store.remove(ids), 'write');

describe('sluice compact', () => {
  it('takes what was deleted off the disk, and says how much is left', async () => {
    await remove(1, 3);
    const [sizes] = jsonLines(await sluice('compact', capture.path, '--json'));
    expect(sizes.before - sizes.after).toBeGreaterThan(300_000);
    expect(sizes.left).toEqual([]);
    await inCapture(capture.path, async (store) => {
      for (const id of [2, 4])
        expect(Buffer.from(await store.readBody(id, 'response', 0, 1e6))).toEqual(
          Buffer.from(bodies[id - 1] ?? []),
        );
    });
    expect((await sluice('verify', capture.path)).code).toBe(0);
  });

  it('says it to people', async () => {
    await remove(1, 2, 3, 4);
    const { code, out, err } = await sluice('compact', capture.path);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^[\d.]+ KB before, [\d.]+ KB now: .*test\.sluice\n$/);
  });

  it('leaves damaged sessions as they are, says which, and ends with 1', async () => {
    await remove(1);
    const segment = join(capture.path, 'bodies-000001.seg');
    const bytes = readFileSync(segment);
    bytes[450_000] = (bytes[450_000] ?? 0) ^ 1;
    writeFileSync(segment, bytes);
    const { code, err } = await sluice('compact', capture.path);
    expect(code).toBe(1);
    expect(err).toContain('1 damaged sessions were left where they are (3)');
  });

  it('is not for a capture that is being recorded to, nor for none', async () => {
    writeFileSync(join(capture.path, 'writer.lock'), `${process.pid}\n`);
    const busy = await sluice('compact', capture.path);
    expect([busy.code, busy.err]).toEqual([3, expect.stringContaining('[capture-in-use]')]);
    const none = await sluice('compact', join(capture.folder, 'none.sluice'));
    // It would be made by whoever writes.
    expect(none.err).toContain('[capture-missing]');
  });
});
