import { describe, expect, it } from 'vitest';
import { SluiceError, toSluiceError } from './errors.ts';

describe('toSluiceError', () => {
  it('keeps a SluiceError as it is', () => {
    const error = new SluiceError('port-in-use', 'Port 8866 is taken.');
    expect(toSluiceError(error)).toBe(error);
  });

  it('wraps another error as internal, with its message and itself as cause', () => {
    const cause = new TypeError('x is not a function');
    const error = toSluiceError(cause);
    expect(error).toMatchObject({ code: 'internal', message: 'x is not a function', cause });
  });

  it('wraps what is not an error at all', () => {
    expect(toSluiceError('odd')).toMatchObject({ code: 'internal', message: 'odd' });
    expect(toSluiceError(undefined)).toMatchObject({ code: 'internal', message: 'undefined' });
  });
});
