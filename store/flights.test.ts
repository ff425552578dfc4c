import { beforeEach, describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Batch } from './batch.ts';
import { ACTIVE } from './codes.ts';
import { Flights, type Gathered } from './flights.ts';
import { batchMaker } from './testing.ts';

let flights: Flights;
let make: (...events: readonly CaptureEvent[]) => Batch;
let asked: number[];
beforeEach(() => {
  asked = [];
  flights = new Flights(10, (id) => {
    asked.push(id);
    return id === 7;
  });
  make = batchMaker();
});

const BASE = { segment: 3, position: 1000 };
const gather = (...events: CaptureEvent[]) => flights.gather(make(...events), BASE);
const settled = (gathered: Gathered) => {
  flights.settle(gathered);
  return gathered;
};
const ids = ({ changed }: Gathered) => changed.map(({ begun }) => begun.id);
const whole = (id: number) => [...eventsOf(makeSession({ id }))];
const data = (id: number, text: string): CaptureEvent => ({
  type: 'response-data',
  id,
  data: new TextEncoder().encode(text),
});

describe('a batch', () => {
  it('says which sessions it changed, each once, in the order of their first change', () => {
    const [first = [], second = []] = [whole(11), whole(12)];
    const gathered = gather(...second.slice(0, 2), ...first, ...second.slice(2));
    expect(ids(gathered)).toEqual([12, 11]);
    expect(gathered.changed.map(({ state }) => state === ACTIVE)).toEqual([false, false]);
    expect(gathered.ignored).toBe(0);
    expect(flights.lastId).toBe(12);
  });

  it('brings names and tells of rows', () => {
    const { texts, origins, changed } = gather(...whole(11));
    expect(texts.map(({ text }) => text)).toEqual(['GET', 'HTTP/1.1', 'application/json']);
    expect(origins).toMatchObject([{ prefix: 'https://api.acme.test', host: 'api.acme.test', port: 443 }]);
    expect(changed).toMatchObject([{ status: 200, sizes: [0, 11], durationMs: 20, messages: 0, failure: 0 }]);
    expect(changed[0]?.runs).toMatchObject([{ side: 1, segment: 3, position: 1000, length: 11 }]);
    expect(changed[0]?.mime).toBe(texts[2]?.id);
  });

  it('goes on with what those before began, and forgets what ended', () => {
    const events = whole(11);
    settled(gather(...events.slice(0, 3)));
    const gathered = settled(gather(...events.slice(3)));
    expect(ids(gathered)).toEqual([11]);
    expect(gather(data(11, 'late')).ignored).toBe(1);
  });

  it('keeps of a session in flight no entries of a batch before', () => {
    settled(gather(...whole(11).slice(0, 2)));
    const { changed } = gather(data(11, 'x'));
    expect(changed[0]?.entries).toEqual([]);
  });
});

describe('what fits no session', () => {
  it('is counted and changes nothing', () => {
    const [begin] = whole(11);
    if (begin === undefined) throw new Error('no begin');
    expect(gather(data(11, 'before'))).toMatchObject({ ignored: 1, changed: [] });
    const gathered = gather(begin, begin, data(11, 'without a head'));
    expect(gathered.ignored).toBe(2);
    expect(gathered.changed[0]?.sizes).toEqual([0, 0]);
  });

  it('is a session that was there before, of which only old ids need asking', () => {
    expect(gather(...whole(7)).changed).toEqual([]);
    expect(asked).toEqual([7]);
    expect(ids(gather(...whole(8)))).toEqual([8]);
    expect(ids(gather(...whole(20)))).toEqual([20]);
    expect(asked).toEqual([7, 8]);
    expect(flights.lastId).toBe(20);
  });
});

it('takes no media type from an answer back', () => {
  const head = (type?: string) => ({
    httpVersion: 'HTTP/1.1',
    status: 200,
    reason: '',
    headers: type === undefined ? [] : [['Content-Type', type] as [string, string]],
  });
  const [begin] = whole(11);
  if (begin === undefined) throw new Error('no begin');
  const { changed, texts } = gather(begin, { type: 'response-head', id: 11, head: head('text/html') });
  const html = texts.find(({ text }) => text === 'text/html')?.id;
  expect(changed[0]?.mime).toBe(html);
});
