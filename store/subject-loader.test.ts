import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Need } from '#model/filter/fields.ts';
import { eventsOf, makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { CaptureWriter } from './capture-writer.ts';
import { Checksums } from './checksums.ts';
import { createCapture, openWriter } from './database.ts';
import { SegmentReader, SegmentWriter } from './segments.ts';
import { SessionReader } from './session-reader.ts';
import { asCaptured, type DecodeContent, LOOKED_AT_GROWING, SubjectLoader } from './subject-loader.ts';
import { batchMaker, temporaryFolder } from './testing.ts';

let stack: DisposableStack;
let path: string;
let reader: SessionReader;
let write: (overrides: SessionOverrides) => void;
let damage: (id: number) => void;

beforeEach(() => {
  stack = new DisposableStack();
  path = `${stack.use(temporaryFolder()).path}/a.sluice`;
  createCapture(path);
  const db = stack.adopt(openWriter(path), (open) => open.close());
  const writer = new CaptureWriter(db, stack.use(new SegmentWriter(path, 1e6)));
  reader = new SessionReader(db, stack.use(new SegmentReader(path, new Checksums(db))));
  const batch = batchMaker();
  write = (overrides) => void writer.write(batch(...eventsOf(makeSession(overrides))));
  damage = (id) => db.exec(`UPDATE sessions SET position = 999999 WHERE id = ${id}`);
});
afterEach(() => stack.dispose());

const load = (needs: Need[], decode: DecodeContent = asCaptured, id = 1) =>
  new SubjectLoader(reader, decode).load(id, new Set(needs));

describe('a subject', () => {
  it('has what was asked for, and no more', async () => {
    write({ requestBody: 'asked', responseBody: 'answered' });
    expect(Object.keys((await load(['session'])) ?? {})).toEqual(['row', 'session']);
    expect(await load(['request'])).toMatchObject({ requestBody: 'asked', row: { id: 1 } });
    expect(await load(['request'])).not.toHaveProperty('responseBody');
    expect(await load(['response', 'messages'])).toMatchObject({ responseBody: 'answered', messages: [] });
  });

  it('has its bodies decoded, by what their header says', async () => {
    const told: unknown[] = [];
    const decode: DecodeContent = async (bytes, coding, { maxBytes }) => {
      told.push([bytes.length, coding, maxBytes > 1_000_000]);
      return { bytes: new TextEncoder().encode('decoded') };
    };
    write({
      responseHeaders: [
        ['Content-Encoding', 'gzip'],
        ['content-encoding', 'br'],
      ],
      responseBody: 'xyz',
    });
    expect(await load(['response'], decode)).toMatchObject({ responseBody: 'decoded' });
    expect(told).toEqual([[3, 'gzip, br', true]]);
  });

  it('has no body where there is no response, and "" where it is empty', async () => {
    write({ status: null });
    expect(await load(['request', 'response'])).toMatchObject({ requestBody: '' });
    expect(await load(['response'])).not.toHaveProperty('responseBody');
    write({ id: 2, responseBody: '' });
    expect(await load(['response'], asCaptured, 2)).toMatchObject({ responseBody: '' });
  });

  it('has the beginning of a body that is still growing', async () => {
    write({ state: 'active', responseBody: 'x'.repeat(LOOKED_AT_GROWING + 10) });
    write({ id: 2, responseBody: 'x'.repeat(LOOKED_AT_GROWING + 10) });
    expect((await load(['response']))?.responseBody).toHaveLength(LOOKED_AT_GROWING);
    expect((await load(['response'], asCaptured, 2))?.responseBody).toHaveLength(LOOKED_AT_GROWING + 10);
  });

  it('has its messages as text, all of them', async () => {
    const data = (i: number) => new Uint8Array(Buffer.from(`é ${i}`));
    write({
      messages: Array.from({ length: 2500 }, (_, i) => ({
        direction: 'sent',
        at: i,
        opcode: 1,
        data: data(i),
      })),
    });
    const messages = (await load(['messages']))?.messages ?? [];
    expect([messages.length, messages[0], messages[2499]]).toEqual([2500, 'é 0', 'é 2499']);
  });

  it('is none where there is no session, or the capture is damaged', async () => {
    write({});
    expect(await load(['session'], asCaptured, 9)).toBeUndefined();
    damage(1);
    expect(await load(['session'])).toBeUndefined();
  });

  it('does not hide what is wrong otherwise', async () => {
    write({ responseHeaders: [['Content-Encoding', 'gzip']], responseBody: 'x' });
    const broken: DecodeContent = async () => {
      throw new Error('no such module');
    };
    await expect(load(['response'], broken)).rejects.toThrow('no such module');
  });
});
