import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { exportText } from '../testing/export-text.ts';
import { CSV_FORMAT, csvCell } from './write-csv.ts';

/** RFC 4180, read by the letter. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) throw new Error(`not RFC 4180 at ${at}: ${text.slice(at, at + 40)}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('CSV', () => {
  it('has a header and a row for each session', async () => {
    const full = makeSession({
      id: 3,
      url: 'https://a.test/x?y=1,2',
      comment: 'say "hi"\nthere',
      mark: 2,
      startedAt: 0,
      durationMs: 12.5,
    });
    const { text, report } = await exportText(CSV_FORMAT, [full, makeSession({ id: 4, status: null })]);
    const [header = [], ...rows] = parse(text);
    const [first, second] = rows.map((row) =>
      Object.fromEntries(row.map((cell, i) => [header[i] ?? '', cell])),
    );
    expect(first).toMatchObject({
      id: '3',
      started: '1970-01-01T00:00:00.000Z',
      duration_ms: '12.5',
      method: 'GET',
      url: 'https://a.test/x?y=1,2',
      status: '200',
      type: 'application/json',
      comment: 'say "hi"\nthere',
      mark: '2',
    });
    expect(second).toMatchObject({ id: '4', status: '', mark: '' });
    expect(report.losses).toEqual([{ session: 0, what: expect.stringContaining('rows alone') }]);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('of no sessions is its header', async () => {
    expect(parse((await exportText(CSV_FORMAT, [])).text)).toHaveLength(1);
  });

  it('keeps any text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (cells) => {
        const [read] = parse(`${cells.map(csvCell).join(',')}\r\n`);
        expect(read?.map((cell, i) => (cell === `'${cells[i]}` ? cells[i] : cell))).toEqual(cells);
      }),
    );
  });
});

describe('a cell that would be a formula', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '|calc', '%x', '＝1'])(
    '%j becomes text',
    (text) => {
      const [[read = ''] = []] = parse(`${csvCell(text)}\r\n`);
      expect(read).toBe(`'${text}`);
    },
  );

  it.each([
    ['plain', 'plain'],
    [-5, '-5'],
    [undefined, ''],
    ['a=b', 'a=b'],
  ])('%j stays', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('does not come of a hostile session', async () => {
    const hostile = makeSession({ method: '=cmd', url: 'https://a.test/=1', comment: '=HYPERLINK("x")' });
    const { text } = await exportText(CSV_FORMAT, [hostile]);
    for (const cell of parse(text).flat()) expect(cell).not.toMatch(/^[=+@\t\r-]/);
  });
});
