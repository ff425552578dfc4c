import { describe, expect, it } from 'vitest';
import type { CaptureEvent, CaptureSink } from '#model/capture-event.ts';
import { failure } from './failure.ts';
import { now, Recorder, Recording } from './recorder.ts';

const HEAD = { method: 'GET', target: '/', httpVersion: 'HTTP/1.1', headers: [] };
const ANSWER = { httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: [] };
const BEGINNING = { kind: 'http', source: 'proxy', url: 'http://a.test/', head: HEAD } as const;
const bytes = (text: string) => Buffer.from(text);

function sink(full = false) {
  const events: CaptureEvent[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const made: CaptureSink = {
    write(event) {
      events.push(event);
      return !full;
    },
    drained: () => promise,
  };
  return { sink: made, events, drain: resolve };
}

function recording(full = false) {
  const at = sink(full);
  let last = 0;
  const nextId = () => {
    last += 1;
    return last;
  };
  return { ...at, recording: new Recording(at.sink, nextId), given: () => last };
}

describe('a recorder', () => {
  it('tells a session’s way from its beginning to its end', () => {
    const { recording: all, events } = recording();
    const before = now();
    const recorder = all.begin({ ...BEGINNING, parentId: 9 }, true);
    recorder.informational({ ...ANSWER, status: 103 });
    recorder.requestData(bytes('a'));
    recorder.requestEnd();
    recorder.responseHead(ANSWER);
    recorder.responseData(bytes('b'));
    recorder.responseEnd([['X-Sum', '1']]);
    recorder.message({ direction: 'sent', at: 1, opcode: 1, data: new Uint8Array(1) });
    recorder.facts({ serverAddress: '1.2.3.4:80' });
    recorder.end('completed', { wait: 5 });
    expect(events.map(({ type }) => type)).toEqual([
      'begin',
      'informational',
      'request-data',
      'request-end',
      'response-head',
      'response-data',
      'response-end',
      'message',
      'facts',
      'end',
    ]);
    expect(events.every(({ id }) => id === 1)).toBe(true);
    expect(events[0]).toMatchObject({ ...BEGINNING, parentId: 9 });
    expect(events[3]).not.toHaveProperty('trailers');
    expect(events[6]).toMatchObject({ trailers: [['X-Sum', '1']] });
    expect(events[9]).toMatchObject({ state: 'completed', timings: { wait: 5 } });
    const [{ at: began = 0 } = {}, { at: ended = 0 } = {}] = [events[0], events[9]] as { at?: number }[];
    expect(began).toBeGreaterThanOrEqual(before);
    expect(ended).toBeGreaterThanOrEqual(began);
  });

  it('ends once, and says nothing afterwards', () => {
    const { recording: all, events } = recording();
    const recorder = all.begin(BEGINNING, true);
    expect(recorder.ended).toBe(false);
    recorder.end('failed', {}, failure('reset', 'a.test'));
    recorder.end('completed', {});
    recorder.responseData(bytes('late'));
    recorder.responseHead(ANSWER);
    expect(events.map(({ type }) => type)).toEqual(['begin', 'end']);
    expect(events[1]).toMatchObject({ state: 'failed', failure: { code: 'reset' } });
    expect(recorder.ended).toBe(true);
  });

  it('passes the pressure of its sink on', async () => {
    const { recording: all, drain } = recording(true);
    const recorder = all.begin(BEGINNING, true);
    const pressure = recorder.responseData(bytes('x'));
    expect(pressure).toBeInstanceOf(Promise);
    drain();
    await pressure;
    recorder.end('completed', {});
    expect(recorder.responseData(bytes('x'))).toBeUndefined();
    expect(recording().recording.begin(BEGINNING, true).requestData(bytes('x'))).toBeUndefined();
  });

  it('tells who waits for its end', () => {
    const ended: Recorder[] = [];
    const recorder = new Recorder(sink().sink, 1, (one) => ended.push(one));
    recorder.end('completed', {});
    recorder.end('completed', {});
    expect(ended).toEqual([recorder]);
  });
});

describe('a recording', () => {
  it('numbers what it records, and takes no number for what it does not', () => {
    const { recording: all, events, given } = recording();
    const silent = all.begin(BEGINNING, false);
    silent.responseData(bytes('x'));
    silent.end('completed', {});
    expect([events, given()]).toEqual([[], 0]);
    expect([all.begin(BEGINNING, true).id, all.begin(BEGINNING, true).id]).toEqual([1, 2]);
  });

  it('ends all that is open, and that alone', () => {
    const { recording: all, events } = recording();
    const [first] = [all.begin(BEGINNING, true), all.begin(BEGINNING, true), all.begin(BEGINNING, false)];
    first?.end('completed', {});
    all.endAll(failure('other', 'a.test'));
    all.endAll(failure('other', 'a.test'));
    expect(events.filter(({ type }) => type === 'end')).toMatchObject([
      { id: 1, state: 'completed' },
      { id: 2, state: 'failed', failure: { code: 'other' } },
    ]);
  });
});

it('now is the time of day with fractions', () => {
  expect(Math.abs(now() - Date.now())).toBeLessThan(1000);
});
