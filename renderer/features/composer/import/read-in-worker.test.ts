import { expect, test } from 'vitest';
import { readRequests } from '#formats/requests/read-requests.ts';
import type { ReadAnswer } from './protocol.ts';
import { type ReaderWorker, readInWorker } from './read-in-worker.ts';

function fakeWorker(answer: (post: (answer: ReadAnswer) => void, fail: () => void) => void) {
  const state = { terminated: 0 };
  const worker: ReaderWorker = {
    onmessage: null,
    onerror: null,
    postMessage() {
      answer(
        (data) => worker.onmessage?.({ data } as MessageEvent<ReadAnswer>),
        () => worker.onerror?.({} as ErrorEvent),
      );
    },
    terminate() {
      state.terminated += 1;
    },
  };
  return { make: () => worker, state };
}
const question = { text: 'curl https://a.test/', name: '' };

test('gives what the worker read, and ends it', async () => {
  const read = await readRequests(question.text);
  const { make, state } = fakeWorker((post) => post({ ok: true, read }));
  expect(await readInWorker(question, make)).toBe(read);
  expect(state.terminated).toBe(1);
});

test('a text that is refused says why', async () => {
  const { make, state } = fakeWorker((post) =>
    post({ ok: false, code: 'bad-file', message: 'Not a request.' }),
  );
  await expect(readInWorker(question, make)).rejects.toMatchObject({
    code: 'bad-file',
    message: 'Not a request.',
  });
  expect(state.terminated).toBe(1);
});

test('S1 a text that takes too long costs its worker, not the window', async () => {
  const { make, state } = fakeWorker(() => {});
  await expect(readInWorker(question, make, 20)).rejects.toMatchObject({ code: 'too-large' });
  expect(state.terminated).toBe(1);
});

test('a worker that breaks is a failure too', async () => {
  const { make } = fakeWorker((_, fail) => fail());
  await expect(readInWorker(question, make)).rejects.toMatchObject({ code: 'internal' });
});
