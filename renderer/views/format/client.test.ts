import { expect, test } from 'vitest';
import { formatInWorker, type WorkerLike } from './client.ts';
import { formatText } from './format.ts';
import type { FormatAnswer } from './protocol.ts';

function fakeWorker(answer: (post: (answer: FormatAnswer) => void, fail: () => void) => void) {
  const state = { terminated: 0 };
  const worker: WorkerLike = {
    onmessage: null,
    onerror: null,
    postMessage() {
      answer(
        (data) => worker.onmessage?.({ data } as MessageEvent<FormatAnswer>),
        () => worker.onerror?.({} as ErrorEvent),
      );
    },
    terminate() {
      state.terminated += 1;
    },
  };
  return { make: () => worker, state };
}

const live = () => new AbortController().signal;

test('gives the worker’s answer and ends the worker', async () => {
  const formatted = formatText('json', '[1]');
  const { make, state } = fakeWorker((post) => post({ ok: true, formatted }));
  expect(await formatInWorker('json', '[1]', live(), make)).toEqual({ ok: true, formatted });
  expect(state.terminated).toBe(1);
});

test('R3 a text that takes too long costs its worker, not the window', async () => {
  const { make, state } = fakeWorker(() => {});
  const answer = await formatInWorker('json', '[', live(), make, 20);
  expect(answer).toEqual({ ok: false, message: 'formatting took longer than 0.02 s' });
  expect(state.terminated).toBe(1);
});

test('a worker that breaks is an answer too', async () => {
  const { make } = fakeWorker((_, fail) => fail());
  expect(await formatInWorker('css', 'a', live(), make)).toMatchObject({ ok: false });
});

test('aborting ends the worker', async () => {
  const { make, state } = fakeWorker(() => {});
  const stop = new AbortController();
  const answer = formatInWorker('css', 'a', stop.signal, make);
  stop.abort();
  expect(await answer).toMatchObject({ ok: false, message: 'cancelled' });
  expect(state.terminated).toBe(1);
});

test('aborted before it began, no worker is made', async () => {
  let made = 0;
  const stop = new AbortController();
  stop.abort();
  await formatInWorker('css', 'a', stop.signal, () => {
    made += 1;
    throw new Error('not reached');
  });
  expect(made).toBe(0);
});
