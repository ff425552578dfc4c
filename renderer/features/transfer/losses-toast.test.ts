import { beforeEach, describe, expect, it } from 'vitest';
import type { LossReport } from '#model/loss-report.ts';
import { useFiles } from '../../state/files.ts';
import { lossNote } from './losses-toast.ts';

beforeEach(() => useFiles.setState(useFiles.getInitialState()));

const losses: LossReport = {
  sessions: 3,
  lossy: 1,
  counts: [{ what: 'frames', count: 1 }],
  losses: [{ session: 2, what: 'frames' }],
};

describe('what was lost', () => {
  it('is not mentioned where it is nothing', () => {
    expect(lossNote(undefined)).toBeUndefined();
    expect(lossNote({ sessions: 3, lossy: 0, counts: [], losses: [] })).toBeUndefined();
  });

  it('is one sentence, and opens', () => {
    const note = lossNote(losses);
    expect(note?.text).toBe('1 session lost something.');
    note?.action.run();
    expect(useFiles.getState().losses).toBe(losses);
  });

  it('may be the file’s alone', () => {
    expect(lossNote({ ...losses, lossy: 0 })?.text).toBe('Something of the file was lost.');
  });
});
