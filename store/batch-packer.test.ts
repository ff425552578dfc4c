import { describe, expect, it } from 'vitest';
import type { CaptureEvent } from '#model/capture-event.ts';
import { eventsOf, makeSession } from '#proxy-core/testing/session-factory.ts';
import type { Batch } from './batch.ts';
import { BatchPacker } from './batch-packer.ts';
import { type BatchHandler, readBatch } from './batch-reader.ts';
import { batchMaker } from './testing.ts';

const data = (id: number, text: string): CaptureEvent => ({
  type: 'request-data',
  id,
  data: new TextEncoder().encode(text),
});

/** What a batch tells, as lines of text. */
function told(batch: Batch): string[] {
  const lines: string[] = [];
  const line =
    (name: string) =>
    (...args: readonly unknown[]) => {
      lines.push([name, ...args].join(' '));
    };
  const handler: BatchHandler = {
    text: line('text'),
    origin: line('origin'),
    begin: ({ id, path, method, origin }) => line('begin')(id, path, `method=${method}`, `origin=${origin}`),
    response: (id, status, mime, kind) => line('response')(id, status, `mime=${mime}`, `kind=${kind}`),
    logged: (id) => line('logged')(id),
    data: line('data'),
    message: (id, offset) => line('message')(id, offset),
    process: line('process'),
    end: (id, state, _, failure) => line('end')(id, state, failure),
  };
  readBatch(batch, handler);
  return lines;
}

describe('a batch', () => {
  it('tells every event in order, and names before their use', () => {
    const make = batchMaker();
    const first = make(...eventsOf(makeSession({ id: 1 })));
    expect(told(first)).toEqual([
      'origin 1 https://api.acme.test https api.acme.test 443',
      'text 2 GET',
      'text 3 HTTP/1.1',
      'begin 1 /orders/1 method=2 origin=1',
      'logged 1',
      'logged 1',
      'text 4 application/json',
      'response 1 200 mime=4 kind=undefined',
      'data 1 1 0 11',
      'logged 1',
      'end 1 1 0',
    ]);
    expect(told(make(...eventsOf(makeSession({ id: 2 }))))).toEqual([
      'begin 2 /orders/2 method=2 origin=1',
      'logged 2',
      'logged 2',
      'response 2 200 mime=4 kind=undefined',
      'data 2 1 0 11',
      'logged 2',
      'end 2 1 0',
    ]);
  });

  it('tells of a program for the row, by number', () => {
    const make = batchMaker();
    const facts = (id: number, process: string) => told(make({ type: 'facts', id, facts: { process } }));
    expect(facts(1, 'curl')).toEqual(['text 1 curl', 'logged 1', 'process 1 1']);
    expect(facts(2, 'curl')).toEqual(['logged 2', 'process 2 1']);
    expect(told(make({ type: 'facts', id: 3, facts: { clientConnection: 1 } }))).toEqual(['logged 3']);
  });

  it('takes the media type of the first Content-Type, whatever its case, and none for nonsense', () => {
    const make = batchMaker(5);
    const lines = [
      ['Content-Type', 'Text/HTML; charset=x'],
      ['CONTENT-type', 'text/html'],
      ['Content-Type', 'nonsense'],
      ['X', 'text/html'],
    ].map(([name = '', value = '']) => {
      const head = {
        httpVersion: 'HTTP/1.1',
        status: 200,
        reason: '',
        headers: [[name, value]] as [string, string][],
      };
      return told(make({ type: 'response-head', id: 1, head })).at(-1);
    });
    expect(lines.map((line) => line?.match(/mime=\d+/)?.[0])).toEqual([
      'mime=5',
      'mime=5',
      'mime=0',
      'mime=0',
    ]);
  });

  it('has the bytes of bodies and messages one after the other, and says where they begin', () => {
    const batch = batchMaker()(
      data(1, 'abc'),
      { type: 'request-end', id: 1 },
      {
        type: 'message',
        id: 2,
        message: {
          direction: 'received',
          at: 1.5,
          opcode: 8,
          closeCode: 1000,
          data: new Uint8Array([3, 232]),
        },
      },
      data(3, 'z'),
    );
    expect(told(batch)).toEqual(['data 1 0 0 3', 'logged 1', 'message 2 3', 'data 3 0 5 1']);
    expect([...batch.bytes]).toEqual([97, 98, 99, 3, 232, 122]);
  });

  it('copies, so that slices of buffers in use elsewhere stay whole', () => {
    const shared = new TextEncoder().encode('0123456789');
    const batch = batchMaker()({ type: 'request-data', id: 1, data: shared.subarray(2, 5) });
    shared.fill(0);
    expect(new TextDecoder().decode(batch.bytes)).toBe('234');
  });

  it('may be empty', () => {
    expect(told(batchMaker()())).toEqual([]);
  });
});

describe('a packer', () => {
  it('grows for what is larger than a batch, and knows its size', () => {
    const packer = new BatchPacker(1);
    expect(packer.size).toBe(0);
    packer.add(data(1, 'x'.repeat(5_000_000)));
    expect(packer.size).toBeGreaterThan(5_000_000);
    expect(packer.take().bytes.length).toBe(5_000_000);
    expect(packer.size).toBe(0);
  });

  it('leaves nothing of an event that it cannot pack', () => {
    const packer = new BatchPacker(1);
    packer.add(data(1, 'a'));
    const { size } = packer;
    const broken = { type: 'begin', id: 2, kind: 'gopher', source: 'proxy', at: 0, url: '', head: {} };
    expect(() => packer.add(broken as unknown as CaptureEvent)).toThrow();
    const half = {
      ...broken,
      kind: 'http',
      head: { method: '', target: '', httpVersion: '', headers: [['A', undefined]] },
    };
    expect(() => packer.add(half as unknown as CaptureEvent)).toThrow();
    packer.add(data(3, 'b'));
    const lines = told(packer.take());
    expect(lines.filter((line) => !/^(text|origin)/.test(line))).toEqual(['data 1 0 0 1', 'data 3 0 1 1']);
    expect(size).toBeGreaterThan(0);
  });

  it('fills the buffers of batches that are done with again', () => {
    const packer = new BatchPacker(1);
    const buffers = new Set<ArrayBuffer>();
    for (let i = 0; i < 10; i++) {
      packer.add(data(1, `batch ${i}`));
      const { operations, bytes } = packer.take();
      expect(new TextDecoder().decode(bytes)).toBe(`batch ${i}`);
      buffers.add(operations.buffer).add(bytes.buffer);
      packer.recycle([operations.buffer, bytes.buffer], 0);
    }
    expect(buffers.size).toBe(4);
  });

  it('keeps as many buffers as a burst needs, and few when it is over', () => {
    const packer = new BatchPacker(1);
    const made = new Set<ArrayBuffer>();
    const take = () => {
      const { operations, bytes } = packer.take();
      made.add(operations.buffer).add(bytes.buffer);
      return [operations.buffer, bytes.buffer];
    };
    const burst = Array.from({ length: 10 }, take);
    for (const [i, buffers] of burst.entries()) packer.recycle(buffers, burst.length - 1 - i);
    // The two that it had ready come first, and then the four that it kept.
    take();
    const before = made.size;
    take();
    take();
    expect(made.size).toBe(before);
    for (let i = 0; i < 5; i++) take();
    expect(made.size).toBeGreaterThan(before + 5);
  });

  it('does not keep a buffer that grew out of all proportion', () => {
    const packer = new BatchPacker(1);
    packer.add(data(1, 'x'.repeat(20_000_000)));
    const { bytes } = packer.take();
    packer.recycle([bytes.buffer], 0);
    packer.take();
    expect(packer.take().bytes.buffer).not.toBe(bytes.buffer);
  });
});
