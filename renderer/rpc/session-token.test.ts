import { describe, expect, it } from 'vitest';
import { tokenOf } from './session-token.ts';

describe('tokenOf', () => {
  it('finds the token and leaves nothing of it', () => {
    expect(tokenOf('#token=abc-_1')).toEqual({ token: 'abc-_1', rest: '' });
  });

  it('keeps what else is there', () => {
    expect(tokenOf('#view=findings&token=x')).toEqual({ token: 'x', rest: '#view=findings' });
  });

  it.each(['', '#', '#token=', '#view=findings', '#mytoken=1'])('finds none in %j', (hash) => {
    expect(tokenOf(hash)).toBeUndefined();
  });
});
