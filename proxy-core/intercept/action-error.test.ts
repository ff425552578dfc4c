import { expect, it } from 'vitest';
import { ActionError } from './action-error.ts';

it('is an error whose sentence is shown as it is', () => {
  const error = new ActionError('The body is not JSON.');
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toBe('The body is not JSON.');
});
