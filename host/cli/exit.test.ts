import { describe, expect, it } from 'vitest';
import { type ErrorCode, SluiceError } from '#model/errors.ts';
import { errorLine, exitCodeOf } from './exit.ts';

const error = (code: ErrorCode, message = 'It is wrong.') => new SluiceError(code, message);

describe('an exit code', () => {
  it.each(['usage', 'port-in-use', 'filter-syntax', 'bad-request', 'bad-url', 'bad-header'] as const)(
    'is 2 for what was used wrongly: %s',
    (code) => expect(exitCodeOf(error(code))).toBe(2),
  );

  it('is 1 for what is not there to be answered about', () => expect(exitCodeOf(error('not-found'))).toBe(1));

  it.each(['internal', 'capture-damaged', 'file-unwritable', 'not-allowed', 'connection-lost'] as const)(
    'is 3 for what failed: %s',
    (code) => expect(exitCodeOf(error(code))).toBe(3),
  );

  it('is 3 for what nobody thought of', () => {
    for (const thrown of [new TypeError('x'), 'text', undefined, null]) expect(exitCodeOf(thrown)).toBe(3);
  });
});

describe('an error line', () => {
  it('is a sentence with its code', () => {
    expect(errorLine(error('bad-url', 'That is no URL.'))).toBe('sluice: That is no URL. [bad-url]');
  });

  it('is one line whatever the message', () => {
    expect(errorLine(error('internal', 'one\n  two \r\n three'))).toBe('sluice: one two three [internal]');
  });

  it('says something of what nobody thought of', () => {
    expect(errorLine(new TypeError('x is not a function'))).toBe('sluice: x is not a function [internal]');
    expect(errorLine('text')).toBe('sluice: text [internal]');
  });
});
