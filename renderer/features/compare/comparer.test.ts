import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { answerQuestion } from './answer.ts';
import { Comparer, type CompareWorker } from './comparer.ts';
import type { CompareQuestion } from './protocol.ts';

interface FakeWorker extends CompareWorker {
  ended: boolean;
}

/** Workers that answer at once, or never. */
function workers(answering: (question: CompareQuestion) => boolean = () => true) {
  const made: FakeWorker[] = [];
  const make = (): CompareWorker => {
    const worker: FakeWorker = {
      onmessage: null,
      onerror: null,
      ended: false,
      postMessage(question) {
        if (!answering(question)) return;
        queueMicrotask(() =>
          worker.onmessage?.({ data: { ok: true, result: answerQuestion(question) } } as MessageEvent),
        );
      },
      terminate() {
        worker.ended = true;
      },
    };
    made.push(worker);
    return worker;
  };
  return { made, make };
}

const text = (value: string) => ({ bytes: new TextEncoder().encode(value), contentType: 'text/plain' });

describe('the comparer', () => {
  it('asks one worker, and ends it', async () => {
    const { made, make } = workers();
    using comparer = new Comparer(make);
    const [fields, { lines }] = await Promise.all([
      comparer.fields(makeSession({ status: 404 })),
      comparer.lines(text('a'), text('b'), false),
    ]);
    expect(fields.get('status')).toBe('404');
    expect(lines.rows).toHaveLength(1);
    comparer[Symbol.dispose]();
    expect(made.map(({ ended }) => ended)).toEqual([true]);
    await expect(comparer.lines(text('a'), text('b'), false)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends a worker that takes too long, and gives the next question a new one', async () => {
    const { made, make } = workers(({ kind }) => kind === 'fields');
    using comparer = new Comparer(make, 5);
    await expect(comparer.lines(text('a'), text('b'), true)).rejects.toMatchObject({ code: 'too-large' });
    expect((await comparer.fields(makeSession())).get('status')).toBe('200');
    expect(made.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('tells of a worker that stopped, and of one ended while it worked', async () => {
    const { made, make } = workers(() => false);
    using comparer = new Comparer(make);
    const stopped = comparer.lines(text('a'), text('b'), true);
    await Promise.resolve();
    made[0]?.onerror?.({} as ErrorEvent);
    await expect(stopped).rejects.toMatchObject({ code: 'internal' });
    const waiting = comparer.lines(text('a'), text('b'), true);
    await new Promise((resolve) => setImmediate(resolve));
    comparer[Symbol.dispose]();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
