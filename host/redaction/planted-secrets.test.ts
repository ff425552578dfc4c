/**
 * X1: more than 200 secrets of all kinds at all places of a real capture: none of them in any export, of any format that the list has, nor
 * in anything the program prints. A new format is covered by being in the list.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportFormats } from '#formats/all-formats.ts';
import { Losses } from '#formats/losses.ts';
import { type PlantedTraffic, plantedTraffic } from '#formats/testing/planted-traffic.ts';
import { readable } from '#formats/testing/surfaces.ts';
import { allIds } from '../har-transfer.ts';
import { openTestCapture, type TestCapture } from '../testing/captures.ts';
import { sluice } from '../testing/sluice.ts';
import { VERSION } from '../version.ts';
import { exportSource } from './export-source.ts';

let capture: TestCapture;
let planted: PlantedTraffic;
beforeAll(async () => {
  planted = plantedTraffic();
  capture = await openTestCapture(...planted.sessions);
  for (const { session } of planted.sessions) {
    const { id, comment } = session.row;
    if (comment !== undefined) await capture.store.annotate([id], { comment });
  }
}, 120_000);
afterAll(() => capture[Symbol.asyncDispose]());

const told = (file: Uint8Array) =>
  readable(file, planted.secrets).map(({ kind, place }) => `${kind} of ${place}`);

async function exported(format: ReturnType<typeof exportFormats>[number], choice: 'off' | undefined) {
  const ids = await allIds(capture.store, { type: 'all' });
  await using source = exportSource(capture.store, ids, choice);
  const pieces: Uint8Array[] = [];
  const options = { losses: new Losses(), creatorVersion: VERSION };
  for await (const piece of format.exporter.write(source.sessions, options)) pieces.push(Buffer.from(piece));
  return { file: Buffer.concat(pieces), report: JSON.stringify(options.losses.report()) };
}

describe('X1 planted secrets', { timeout: 120_000 }, () => {
  it('are more than 200, and are seen in an export that is not redacted', async () => {
    expect(planted.secrets.length).toBeGreaterThan(200);
    const [har] = exportFormats().filter(({ id }) => id === 'har');
    const { file } = har ? await exported(har, 'off') : expect.unreachable('there is HAR');
    expect(told(file)).toHaveLength(planted.secrets.length);
  });

  it.each(exportFormats().map((format) => [format.id, format] as const))(
    'are not in %s',
    async (_, format) => {
      const { file, report } = await exported(format, undefined);
      expect(file.length).toBeGreaterThan(1000);
      expect(told(file)).toEqual([]);
      expect(told(Buffer.from(report))).toEqual([]);
    },
  );

  it('are not in what the command line writes and prints', async () => {
    await capture.store.flush();
    const file = join(capture.folder, 'out.har');
    for (const args of [['--out', file], ['--preview']]) {
      const { code, out, err } = await sluice('export', capture.path, ...args);
      expect([code, told(Buffer.from(out)), told(Buffer.from(err))]).toEqual([0, [], []]);
    }
    expect(told(readFileSync(file))).toEqual([]);
    expect(readdirSync(capture.folder).sort()).toEqual(['out.har', 'test.sluice']);
  });
});
