import { expect, test } from 'vitest';
import { type BodyStart, PIECE_BYTES, type ReadBody, readStart } from './body-ranges.ts';

const REF = { id: 1, side: 'response', decoded: true } as const;
const live = () => new AbortController().signal;

function body(size: number) {
  const bytes = Uint8Array.from({ length: size }, (_, i) => i % 251);
  const asked: [number, number][] = [];
  const read: ReadBody = ({ start, end }) => {
    asked.push([start, end]);
    return Promise.resolve({ data: bytes.slice(start, end), total: size });
  };
  return { bytes, asked, read };
}

test('a small body is one call, however much is wanted', async () => {
  const { bytes, asked, read } = body(100);
  expect(await readStart(read, REF, undefined, 5000, live())).toEqual({
    data: bytes,
    total: 100,
    problem: undefined,
  });
  expect(asked).toEqual([[0, 5000]]);
});

test('a big one comes in pieces and no further than wanted', async () => {
  const { asked, read } = body(3 * PIECE_BYTES);
  const seen: number[] = [];
  const start = await readStart(read, REF, undefined, PIECE_BYTES + 10, live(), ({ data }) =>
    seen.push(data.length),
  );
  expect(start.data).toHaveLength(PIECE_BYTES + 10);
  expect(start.total).toBe(3 * PIECE_BYTES);
  expect(asked).toEqual([
    [0, PIECE_BYTES],
    [PIECE_BYTES, PIECE_BYTES + 10],
  ]);
  expect(seen).toEqual([PIECE_BYTES, PIECE_BYTES + 10]);
});

test('reads on from what is there', async () => {
  const { bytes, asked, read } = body(1000);
  const first = await readStart(read, REF, undefined, 300, live());
  const second = await readStart(read, REF, first, 1000, live());
  expect(second.data).toEqual(bytes);
  expect(asked).toEqual([
    [0, 300],
    [300, 1000],
  ]);
});

test('an empty body is asked for once', async () => {
  const { asked, read } = body(0);
  expect(await readStart(read, REF, undefined, 100, live())).toMatchObject({ total: 0 });
  expect(asked).toHaveLength(1);
});

test('why decoding stopped comes through', async () => {
  const read: ReadBody = () =>
    Promise.resolve({ data: new Uint8Array([1]), total: 1, problem: 'gzip ends early' });
  expect((await readStart(read, REF, undefined, 10, live())).problem).toBe('gzip ends early');
});

test('a body that turns out shorter than said does not loop for ever', async () => {
  const read: ReadBody = ({ start }) =>
    Promise.resolve({ data: new Uint8Array(start === 0 ? 5 : 0), total: 10 });
  expect(await readStart(read, REF, undefined, 100, live())).toMatchObject({ total: 5 });
});

test('a cancelled reading rejects and keeps nothing', async () => {
  const stop = new AbortController();
  const seen: BodyStart[] = [];
  const { read } = body(10);
  const reading = readStart(read, REF, undefined, 10, stop.signal, (start) => seen.push(start));
  stop.abort();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen).toEqual([]);
});

test('a failed call is the reading’s failure', async () => {
  await expect(
    readStart(() => Promise.reject(new Error('gone')), REF, undefined, 10, live()),
  ).rejects.toThrow('gone');
});
