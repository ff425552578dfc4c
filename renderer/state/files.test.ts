import { beforeEach, describe, expect, it } from 'vitest';
import { askPassword, useFiles } from './files.ts';

beforeEach(() => useFiles.setState(useFiles.getInitialState()));

describe('the password of a file', () => {
  it('is asked for until somebody answers', async () => {
    const answer = askPassword('a.saz', false);
    expect(useFiles.getState().asked).toEqual({ name: 'a.saz', wrong: false });
    useFiles.getState().answer('geheim');
    expect(await answer).toBe('geheim');
    expect(useFiles.getState().asked).toBeUndefined();
  });

  it('may be kept', async () => {
    const answer = askPassword('a.saz', true);
    useFiles.getState().answer(undefined);
    expect(await answer).toBeUndefined();
  });

  it('is asked of one file at a time', async () => {
    const first = askPassword('a.saz', false);
    const second = askPassword('b.saz', false);
    expect(await first).toBeUndefined();
    useFiles.getState().answer('b');
    expect(await second).toBe('b');
  });
});

it('shows losses until they are closed', () => {
  const losses = { sessions: 1, lossy: 0, counts: [], losses: [] };
  useFiles.getState().showLosses(losses);
  expect(useFiles.getState().losses).toBe(losses);
  useFiles.getState().showLosses(undefined);
  expect(useFiles.getState().losses).toBeUndefined();
});
