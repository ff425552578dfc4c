import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { Losses } from '../losses.ts';
import { HAR_FORMAT } from './har-format.ts';

const { importer, exporter } = HAR_FORMAT;
const knows = (text: string, name = '') => importer?.sniff(Buffer.from(text), name);

describe('HAR', () => {
  it.each(['{"log":{', ' \n{ "log" : {', '\ufeff{"log":{'])('is known by how it begins: %j', (start) => {
    expect(knows(start)).toBe(true);
    expect(knows(start, 'download')).toBe(true);
  });

  it('is known by its name where another key comes first, or nothing', () => {
    expect(knows('{"comment":"x","log":{', 'A.HAR')).toBe(true);
    expect(knows('', 'a.har')).toBe(true);
    expect(knows('{"comment":"x","log":{')).toBe(false);
  });

  it.each([
    ['PK\x03\x04', 'a.har'],
    ['{"openapi":"3.1.0"}', 'a.json'],
    ['[{"log":1}]', 'a.json'],
    ['', 'a.json'],
  ])('is not %j named %s', (start, name) => {
    expect(knows(start, name)).toBe(false);
  });

  it('reads what it writes', async () => {
    const losses = new Losses();
    const sessions = (async function* () {
      yield makeSession({ id: 5 });
    })();
    const pieces: Buffer[] = [];
    for await (const piece of exporter?.write(sessions, { losses, creatorVersion: '1' }) ?? []) {
      pieces.push(Buffer.from(piece));
    }
    const source = {
      name: 'a.har',
      chunks: async function* () {
        yield* pieces;
      },
      randomAccess: () => Promise.reject(new Error('not needed')),
    };
    const read = [];
    for await (const full of importer?.read(source, { losses }) ?? []) read.push(full.session.row.id);
    expect(read).toEqual([5]);
    expect(losses.report().counts).toEqual([]);
  });
});
