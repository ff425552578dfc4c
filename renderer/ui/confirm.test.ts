import { expect, it } from 'vitest';
import { confirm, useConfirmation } from './confirm.ts';

const question = { title: 'Clear?', text: 'It cannot be undone.', confirmLabel: 'Clear' };

it('shows the question until it is answered', async () => {
  const answer = confirm(question);
  expect(useConfirmation.getState().question).toBe(question);
  useConfirmation.getState().answer(true);
  expect(await answer).toBe(true);
  expect(useConfirmation.getState().question).toBeUndefined();
});

it('answers an open question with no when another comes', async () => {
  const first = confirm(question);
  const second = confirm({ ...question, title: 'Remove?' });
  expect(await first).toBe(false);
  expect(useConfirmation.getState().question?.title).toBe('Remove?');
  useConfirmation.getState().answer(false);
  expect(await second).toBe(false);
});
