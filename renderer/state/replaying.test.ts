import { expect, it } from 'vitest';
import { useReplaying } from './replaying.ts';

it('is open on the sessions it was given until it is closed', () => {
  expect(useReplaying.getState().ids).toBeUndefined();
  useReplaying.getState().open([3, 1]);
  expect(useReplaying.getState().ids).toEqual([3, 1]);
  useReplaying.getState().close();
  expect(useReplaying.getState().ids).toBeUndefined();
});
