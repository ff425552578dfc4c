/** The thread that redacts, so that neither the proxy nor a window waits for it. One session after the other, in the order asked. */
import { parentPort, workerData } from 'node:worker_threads';
import { Redactor } from '#formats/redaction/redactor.ts';
import { toSluiceError } from '#model/errors.ts';
import { type Answer, type Order, type Outcome, parcel, type WorkerOptions } from './protocol.ts';

const redactor = new Redactor(workerData as WorkerOptions);

async function outcomeOf(order: Order): Promise<Outcome> {
  if (order.do === 'summary') return redactor.summary();
  if (order.do === 'redact') return redactor.redact(order.full);
  await redactor.learn(order.full);
  return undefined;
}

async function answer(order: Order): Promise<void> {
  try {
    const outcome = await outcomeOf(order);
    if (outcome === undefined || !('messages' in outcome)) {
      parentPort?.postMessage({ number: order.number, outcome } satisfies Answer);
      return;
    }
    const { full, buffers } = parcel(outcome);
    parentPort?.postMessage({ number: order.number, outcome: full } satisfies Answer, buffers);
  } catch (error) {
    const { code, message } = toSluiceError(error);
    parentPort?.postMessage({ number: order.number, error: { code, message } } satisfies Answer);
  }
}

let last = Promise.resolve();
parentPort?.on('message', (order: Order) => {
  last = last.then(() => answer(order));
});
