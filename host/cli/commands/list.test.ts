import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture, writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

let capture: Awaited<ReturnType<typeof writtenCapture>>;
beforeAll(async () => {
  capture = await writtenCapture(
    ...Array.from({ length: 12 }, (_, i) => makeSession({ id: i + 1, status: i % 3 === 0 ? 404 : 200 })),
  );
});
afterAll(() => capture[Symbol.dispose]());

const ids = async (...args: string[]) =>
  jsonLines(await sluice('list', capture.path, '--json', ...args)).map(({ id }) => id);

describe('sluice list', () => {
  it('is a session a line, oldest first, for programs', async () => {
    expect(await ids()).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(await ids('--filter', 'status:404')).toEqual([1, 4, 7, 10]);
    expect(await ids('--filter', 'status:404', '--limit', '2')).toEqual([1, 4]);
    expect(await ids('--limit', '0')).toEqual([]);
  });

  it('is a table with a count beside it, for people', async () => {
    const { code, out, err } = await sluice('list', capture.path, '--filter', 'status:404');
    const lines = out.trimEnd().split('\n');
    expect([code, lines.length]).toEqual([0, 5]);
    expect(lines[0]).toMatch(/^ +ID +TIME +METHOD/);
    expect(lines[1]).toContain('https://api.acme.test/orders/1');
    expect(err).toBe('4 of 12 sessions\n');
  });

  it.each(['2', '0'])('says how many there are when the limit is %s', async (limit) => {
    const { code, err } = await sluice('list', capture.path, '--limit', limit);
    expect([code, err]).toEqual([0, `${limit} of 12 sessions\n`]);
  });

  it('pages through long captures', async () => {
    using long = await writtenCapture(...Array.from({ length: 2100 }, (_, i) => makeSession({ id: i + 1 })));
    const listed = jsonLines(await sluice('list', long.path, '--json'));
    expect(listed.map(({ id }) => id)).toEqual(Array.from({ length: 2100 }, (_, i) => i + 1));
  });

  it('works on a capture that is being written', async () => {
    await using live = await openTestCapture(
      makeSession({ id: 1 }),
      makeSession({ id: 2, state: 'active', status: null }),
    );
    expect(jsonLines(await sluice('list', live.path, '--json'))).toMatchObject([
      { status: 200 },
      { status: null },
    ]);
  });

  it('says what is wrong', async () => {
    expect(await sluice('list', capture.path, '--filter', 'status:>')).toMatchObject({
      code: 2,
      err: expect.stringContaining('[filter-syntax]'),
    });
    expect(await sluice('list', '/nowhere.sluice')).toMatchObject({
      code: 3,
      err: expect.stringContaining('[capture-missing]'),
    });
    expect(await sluice('list', 'latest', '--data', capture.folder)).toMatchObject({
      code: 3,
      err: expect.stringContaining('record one first'),
    });
  });
});
