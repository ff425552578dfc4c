import { describe, expect, it } from 'vitest';
import type { ReplayRow } from '#model/replay/plan.ts';
import { replayLine, replaySummary, replayTitles, variableLine } from './replay-lines.ts';

const row = (change: Partial<ReplayRow> = {}): ReplayRow => ({
  index: 1,
  parentId: 7,
  id: 9,
  values: ['a'],
  atMs: 0,
  status: 200,
  size: 2048,
  durationMs: 3.6,
  differs: [],
  ...change,
});
const parts = ['query.a'];

describe('results on a terminal', () => {
  it('stand under their titles', () => {
    const titles = replayTitles(parts);
    const line = replayLine(parts, row({ extracted: 'token', differs: ['a', 'b', 'c', 'd'] }));
    expect(line.indexOf('a')).toBe(titles.indexOf('QUERY.A'));
    expect(line.indexOf('200')).toBe(titles.indexOf('STATUS'));
    expect(line.indexOf('token')).toBe(titles.indexOf('EXTRACTED'));
    expect(line.slice(titles.indexOf('DIFFERS'))).toBe('a, b, c and 1 more');
    expect(line).toContain('2.0 KB');
  });

  it('say why there is no answer', () => {
    expect(replayLine([], row({ status: undefined, failure: 'refused' }))).toContain('refused');
    const { id: _, ...unsent } = row({ status: undefined, failure: 'no method' });
    expect(replayLine([], unsent)).toMatch(/not sent.*no method$/);
  });

  it('say what an answer of a scenario should have given', () =>
    expect(replayLine([], row({ missing: ['sid'], differs: ['status'] }))).toMatch(/no sid; status$/));

  it('hold no terminal commands, and no long values', () => {
    const line = replayLine(parts, row({ values: ['\u001b[2J'], extracted: 'x'.repeat(100) }));
    expect(line).not.toContain('\u001b');
    expect(line).not.toContain('x'.repeat(41));
  });
});

describe('what they come to', () => {
  const progress = { state: 'done', total: 4, begun: 4, rows: [] } as const;

  it('counts statuses and differences', () =>
    expect(
      replaySummary({ ...progress, rows: [] }, [
        row(),
        row(),
        row({ status: undefined, failure: 'refused', differs: ['status'] }),
      ]),
    ).toBe('3 of 4 answered: 2 × 200, 1 × refused; 1 differ from what was recorded.'));

  it('says why it ended early', () => {
    expect(replaySummary({ ...progress, rows: [], state: 'stopped', reason: 'x' }, [])).toBe(
      '0 of 4 answered: none; 0 differ from what was recorded. Ended before the end: x.',
    );
    expect(replaySummary({ ...progress, rows: [], state: 'cancelled' }, [])).toMatch(/it was told to\.$/);
  });
});

it('a variable is told without its value', () => {
  const uses = [2, 3, 4, 5].map((id) => ({ id, part: 'path.1' }));
  const line = variableLine({
    name: 'sid',
    from: 1,
    source: { kind: 'cookie', name: 'sid' },
    value: 'secret',
    uses,
  });
  expect(line).toBe('  sid: cookie sid of 1 → 2 path.1, 3 path.1, 2 more');
});
