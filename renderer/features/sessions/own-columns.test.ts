import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionRow } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { ownId } from './columns.ts';
import { OwnCells } from './own-columns.ts';

const A = ownId('header:a');
const row = (id: number, more: Partial<SessionRow> = {}) => ({ ...makeSession({ id }).session.row, ...more });
const ids = (rows: readonly SessionRow[]) => rows.map(({ id }) => id);
let cells: OwnCells;
beforeEach(() => {
  cells = new OwnCells();
  cells.use([A]);
});

describe('cells of columns that somebody made', () => {
  it('are read once, and again when the session has gone on', () => {
    expect(ids(cells.missing([row(1), undefined, row(2)], 9))).toEqual([1, 2]);
    expect(ids(cells.missing([row(1), row(2)], 1))).toEqual([1]);
    cells.put(row(1), new Map([[A, 'x']]));
    expect(cells.get(1)?.get(A)).toBe('x');
    expect(ids(cells.missing([row(1), row(2)], 9))).toEqual([2]);
    expect(ids(cells.missing([row(1, { state: 'active' })], 9))).toEqual([1]);
  });

  it('are unknown when the columns are others', () => {
    cells.put(row(1), new Map([[A, 'x']]));
    cells.use([A]);
    expect(cells.get(1)).toBeDefined();
    cells.use([A, ownId('header:b')]);
    expect(cells.get(1)).toBeUndefined();
  });

  it('are kept for so many rows', () => {
    for (let id = 1; id <= 2001; id++) cells.put(row(id), new Map());
    expect([cells.get(1), cells.get(2)]).toEqual([undefined, new Map()]);
  });
});
