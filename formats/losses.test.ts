import { describe, expect, it } from 'vitest';
import { LossReport, unlistedLosses } from '#model/loss-report.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { addFolded, Losses, MOST_LISTED } from './losses.ts';

describe('losses', () => {
  it('of nothing are none', () => {
    const losses = new Losses();
    losses.settle(1);
    losses.settle(2);
    expect(losses.report()).toEqual({ sessions: 2, lossy: 0, counts: [], losses: [] });
  });

  it('are counted by what was lost, most often first, and listed by session', () => {
    const losses = new Losses();
    losses.add('marks');
    losses.settle(7);
    losses.add('frames', 'message 1');
    losses.add('frames', 'message 2');
    losses.settle(8);
    losses.settle(9);
    expect(losses.report()).toEqual({
      sessions: 3,
      lossy: 2,
      counts: [
        { what: 'frames', count: 2 },
        { what: 'marks', count: 1 },
      ],
      losses: [
        { session: 7, what: 'marks' },
        { session: 8, what: 'frames', detail: 'message 1' },
        { session: 8, what: 'frames', detail: 'message 2' },
      ],
    });
  });

  it('of the file are no session’s, nor are those after the last', () => {
    const losses = new Losses();
    losses.addToFile('pages');
    losses.settle(1);
    losses.add('the last entry', 'it is cut');
    expect(losses.report()).toMatchObject({
      sessions: 1,
      lossy: 0,
      losses: [
        { session: 0, what: 'pages' },
        { session: 0, what: 'the last entry', detail: 'it is cut' },
      ],
    });
  });

  it('are all counted, however many, and not all kept', () => {
    const losses = new Losses();
    for (let id = 1; id <= 2 * MOST_LISTED; id++) {
      losses.add(`thing ${id}`);
      losses.settle(id);
    }
    const report = LossReport.parse(losses.report());
    expect(report).toMatchObject({ sessions: 2 * MOST_LISTED, lossy: 2 * MOST_LISTED });
    expect(report.losses).toHaveLength(MOST_LISTED);
    expect(report.counts.length).toBeLessThan(300);
    expect(report.counts[0]?.what).toBe('other things');
    expect(unlistedLosses(report)).toBe(MOST_LISTED);
  });

  it('of one session that loses without end are not kept either', () => {
    const losses = new Losses();
    for (let i = 0; i < 3 * MOST_LISTED; i++) losses.add('frames');
    losses.settle(1);
    expect(losses.report()).toMatchObject({ lossy: 1, counts: [{ count: 3 * MOST_LISTED }] });
    expect(losses.report().losses).toHaveLength(MOST_LISTED);
  });
});

it('tells of folded header fields', () => {
  const losses = new Losses();
  addFolded(
    makeSession({ requestHeaders: [['A', 'b\r\n c']], responseHeaders: [['D', 'e']] }).session,
    losses,
  );
  expect(losses.report().losses).toEqual([
    { session: 0, what: 'line breaks within a header field', detail: 'A' },
  ]);
});
