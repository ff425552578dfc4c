import { describe, expect, it } from 'vitest';
import { type LossReport, lossSummary, lossText, unlistedLosses } from './loss-report.ts';

const nothing: LossReport = { sessions: 7, lossy: 0, counts: [], losses: [] };
const frames = 'the frames of a message';
const some: LossReport = {
  sessions: 7,
  lossy: 2,
  counts: [
    { what: frames, count: 3 },
    { what: 'comments', count: 1 },
  ],
  losses: [
    { session: 4, what: frames, detail: 'message 2 came in 3' },
    { session: 5, what: 'comments' },
  ],
};

describe('a loss report', () => {
  it('says in one line that nothing was lost', () => {
    expect(lossSummary(nothing)).toBe('Nothing was lost.');
    expect(lossText(nothing)).toBe('Nothing was lost.');
    expect(unlistedLosses(nothing)).toBe(0);
  });

  it('says how often what was lost, and where', () => {
    expect(lossText(some).split('\n')).toEqual([
      '2 sessions of 7 lost something.',
      '  3 × the frames of a message',
      '  1 × comments',
      '  session 4: the frames of a message: message 2 came in 3',
      '  session 5: comments',
      '  and 2 more',
    ]);
    expect(unlistedLosses(some)).toBe(2);
  });

  it('tells of one session in the singular', () => {
    expect(lossSummary({ ...some, lossy: 1 })).toBe('1 session of 7 lost something.');
  });

  it('tells what belongs to the file and to no session', () => {
    const report: LossReport = {
      ...nothing,
      counts: [{ what: 'page timings', count: 1 }],
      losses: [{ session: 0, what: 'page timings' }],
    };
    expect(lossText(report).split('\n')).toEqual([
      'Something of the file was lost.',
      '  1 × page timings',
      '  file: page timings',
    ]);
  });
});
