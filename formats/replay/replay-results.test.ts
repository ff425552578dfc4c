import { describe, expect, it } from 'vitest';
import type { ReplayRow } from '#model/replay/plan.ts';
import { replayCsvHeader, replayCsvRow, replayJson } from './replay-results.ts';

const row = (change: Partial<ReplayRow> = {}): ReplayRow => ({
  index: 2,
  parentId: 7,
  id: 9,
  values: ['1', '=cmd'],
  atMs: 12.3456,
  status: 200,
  size: 5,
  sizeChange: -1,
  durationMs: 3.1357,
  durationChange: 0.5,
  differs: ['status', 'response.body.a'],
  extracted: 'a,b',
  ...change,
});
const parts = ['query.a', '$.b'];

describe('results as CSV', () => {
  it('have a column for each part that varies, then the others', () => {
    expect(replayCsvHeader(parts)).toBe(
      'query.a,$.b,n,recorded,session,at,status,failure,size,sizeChange,duration,durationChange,extracted,differs\r\n',
    );
    expect(replayCsvRow(row())).toBe(
      '1,\'=cmd,2,7,9,12.35,200,,5,-1,3.14,0.5,"a,b",status response.body.a\r\n',
    );
  });

  it('leave empty what there is not', () =>
    expect(
      replayCsvRow({ index: 1, parentId: 7, values: [], atMs: 0, failure: 'refused', size: 0, differs: [] }),
    ).toBe('1,7,,0,,refused,0,,,,,\r\n'));
});

describe('results for programs', () => {
  it('have every key, and the values by the names of their parts', () =>
    expect(JSON.parse(replayJson(parts, row({ status: undefined, failure: 'refused' })))).toEqual({
      n: 2,
      recorded: 7,
      session: 9,
      at: 12.35,
      status: null,
      failure: 'refused',
      size: 5,
      sizeChange: -1,
      duration: 3.14,
      durationChange: 0.5,
      extracted: 'a,b',
      differs: ['status', 'response.body.a'],
      values: { 'query.a': '1', '$.b': '=cmd' },
    }));
});
