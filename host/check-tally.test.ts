import { describe, expect, it } from 'vitest';
import { CheckTally } from './check-tally.ts';

const failure = (checkId: string, message = 'boom') => ({ checkId, message });

describe('the tally of the checks', () => {
  it('counts sessions, those that were not wholly looked at, and failures of each check', () => {
    const tally = new CheckTally();
    expect([tally.checked, tally.partial, tally.failed]).toEqual([0, 0, []]);
    tally.add({ failures: [], cut: [] });
    tally.add({ failures: [failure('a'), failure('b')], cut: ['response-body', 'message'] });
    tally.add({ failures: [failure('a', 'again')], cut: [] });
    expect(tally.checked).toBe(3);
    expect(tally.partial).toBe(1);
    expect(tally.failed).toEqual([
      { checkId: 'a', count: 2, message: 'again' },
      { checkId: 'b', count: 1, message: 'boom' },
    ]);
  });

  it('counts sessions that no check could look at', () => {
    const tally = new CheckTally();
    tally.addError(new Error('the disk is gone'));
    tally.addError('odd');
    expect(tally.checked).toBe(0);
    expect(tally.failed).toEqual([{ checkId: 'all', count: 2, message: 'odd' }]);
  });

  it('is a picture of its moment', () => {
    const tally = new CheckTally();
    tally.add({ failures: [failure('a')], cut: [] });
    const { failed } = tally;
    tally.add({ failures: [failure('a')], cut: [] });
    expect(failed[0]?.count).toBe(1);
  });
});
