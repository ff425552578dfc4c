/** The thread that redacts, so that neither the proxy nor a window waits for it. One order after the other, as they come. */
import { parentPort, workerData } from 'node:worker_threads';
import { Redactor } from '#formats/redaction/redactor.ts';
import { toSluiceError } from '#model/errors.ts';
import type { FullSession } from '#model/session.ts';
import { packed } from '#store/whole-sessions.ts';
import type { Answer, Order, Outcome, WorkerOptions } from './protocol.ts';

const redactor = new Redactor(workerData as WorkerOptions);

async function outcomeOf(order: Order): Promise<Outcome> {
  if (order.do === 'summary') return redactor.summary();
  if (order.do === 'texts') return order.texts.map((text) => redactor.text(text));
  if (order.do === 'learn') {
    for (const full of order.sessions) await redactor.learn(full);
    return undefined;
  }
  const redacted: FullSession[] = [];
  for (const full of order.sessions) redacted.push(await redactor.redact(full));
  return redacted;
}

async function answer(order: Order): Promise<void> {
  try {
    const outcome = await outcomeOf(order);
    if (order.do !== 'redact') {
      parentPort?.postMessage({ number: order.number, outcome } satisfies Answer);
      return;
    }
    const { sessions, buffer } = packed(outcome as readonly FullSession[]);
    parentPort?.postMessage({ number: order.number, outcome: sessions } satisfies Answer, [buffer]);
  } catch (error) {
    const { code, message } = toSluiceError(error);
    parentPort?.postMessage({ number: order.number, error: { code, message } } satisfies Answer);
  }
}

let last = Promise.resolve();
parentPort?.on('message', (order: Order) => {
  last = last.then(() => answer(order));
});
