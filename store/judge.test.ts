import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Filter } from '#model/filter/ast.ts';
import type { Need } from '#model/filter/fields.ts';
import { parseFilter } from '#model/filter/parse.ts';
import type { FilterSubject } from '#model/filter/subject.ts';
import type { SessionId } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { filterSql } from './filter-sql.ts';
import { Judge } from './judge.ts';
import { ListReader } from './list-reader.ts';
import { ask, emptyIndex, putRow } from './testing.ts';
import { Verdicts } from './verdicts.ts';

let db: DatabaseSync;
let judge: Judge;
let lists: ListReader;
/** What was looked into, in order, and for what. */
let looked: { id: SessionId; needs: Need[] }[];
/** Bodies, which tests change; and what happens while one is read. */
let bodyOf: (id: SessionId) => string;
let meanwhile: (id: SessionId) => Promise<void>;
/** What the search index says has none of the text that is looked for. */
let ruledOut: (id: SessionId) => boolean;

const subject = (id: SessionId): FilterSubject => {
  const { session } = makeSession({ id, requestHeaders: [['X-Even', id % 2 === 0 ? 'yes' : 'no']] });
  return { row: session.row, session, responseBody: bodyOf(id) };
};

beforeEach(() => {
  db = emptyIndex();
  looked = [];
  bodyOf = (id) => (id % 10 === 0 ? 'needle' : 'hay');
  meanwhile = async () => {};
  const loader = {
    load: async (id: SessionId, needs: ReadonlySet<Need>) => {
      looked.push({ id, needs: [...needs].toSorted() });
      const seen = subject(id);
      await meanwhile(id);
      return id === 13 ? undefined : seen;
    },
  };
  const verdicts = new Verdicts();
  addFilterFunctions(db, verdicts);
  ruledOut = () => false;
  const narrowing = {
    without: (grams: readonly number[], ids: readonly SessionId[]) =>
      grams.length === 0 ? [] : ids.filter((id) => ruledOut(id)),
  };
  judge = new Judge(db, verdicts, loader, undefined, () => narrowing);
  lists = new ListReader(db, () => Number(db.prepare('SELECT count(*) AS n FROM sessions').get()?.n));
});
afterEach(() => db.close());

function put(from: number, to: number): void {
  db.exec('BEGIN');
  for (let id = from; id <= to; id++)
    putRow(db, makeSession({ id, status: id % 4 === 0 ? 404 : 200 }).session.row);
  db.exec('COMMIT');
}
const parsed = (text: string): Filter => {
  const result = parseFilter(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.filter;
};
async function lookToTheEnd(text: string): Promise<number> {
  for (let slices = 1; slices < 10_000; slices++) if (await judge.look(parsed(text))) return slices;
  throw new Error('it never ends');
}
const found = (text: string) => lists.ids(ask(text));
/** How many pass, and how many nobody has looked into. */
const page = (text: string) => {
  const { sql, params } = filterSql(parsed(text));
  const counts = db
    .prepare(
      `SELECT ifnull(sum(c), 0) AS matched, ifnull(sum(c IS NULL), 0) AS pending FROM (SELECT (${sql}) AS c FROM sessions)`,
    )
    .get(...params);
  return { matched: Number(counts?.matched), pending: Number(counts?.pending) };
};

describe('looking', () => {
  it('answers the filter, newest first', async () => {
    put(1, 30);
    expect(page('body:needle')).toEqual({ matched: 0, pending: 30 });
    await lookToTheEnd('body:needle');
    expect(found('body:needle')).toEqual([10, 20, 30]);
    expect(page('body:needle')).toEqual({ matched: 3, pending: 0 });
    expect(looked.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, i) => 30 - i));
  });

  it('goes into those alone on which the filter depends, and as deep as it must', async () => {
    put(1, 20);
    await lookToTheEnd('status:404 header:x-even=yes body:needle');
    expect(looked.filter(({ needs }) => needs.includes('response')).map(({ id }) => id)).toEqual([
      20, 16, 12, 8, 4,
    ]);
    looked = [];
    await lookToTheEnd('header:x-even=no body:needle');
    const deep = looked.filter(({ needs }) => needs.includes('response')).map(({ id }) => id);
    // Of even ones the head tells that they do not pass.
    expect(deep.every((id) => id % 2 === 1)).toBe(true);
    looked = [];
    await lookToTheEnd('status:200 or body:needle');
    expect(looked.length).toBe(0);
  });

  it('goes into none of which the search index knows that it has not the text', async () => {
    put(1, 40);
    ruledOut = (id) => id % 5 !== 0;
    await lookToTheEnd('body:needle');
    expect(found('body:needle')).toEqual([10, 20, 30, 40]);
    expect(looked.map(({ id }) => id)).toEqual([40, 35, 30, 25, 20, 15, 10, 5]);
    looked = [];
    await lookToTheEnd('not body:needle header:x-even=yes');
    expect(found('not body:needle header:x-even=yes')).toHaveLength(16);
    // The head is another question, and where it is of no help the index is not asked.
    await lookToTheEnd('body:hay');
    expect(looked.map(({ id }) => id)).toContain(39);
  });

  it('keeps what it saw for other filters with the same condition', async () => {
    put(1, 20);
    await lookToTheEnd('body:needle');
    looked = [];
    await lookToTheEnd('status:404 and not body:needle');
    expect(looked).toEqual([]);
    expect(found('status:404 and not body:needle')).toEqual([4, 8, 12, 16]);
  });

  it('is done a slice at a time, and known counts grow', async () => {
    put(1, 60);
    meanwhile = () => new Promise((resolve) => setTimeout(resolve, 5));
    const seen = [page('body:needle')];
    while (!(await judge.look(parsed('body:needle')))) seen.push(page('body:needle'));
    expect(seen.length).toBeGreaterThan(3);
    for (const [i, { matched, pending }] of seen.entries()) {
      expect(matched).toBeGreaterThanOrEqual(seen[i - 1]?.matched ?? 0);
      expect(pending).toBeLessThanOrEqual(seen[i - 1]?.pending ?? 60);
    }
    expect(page('body:needle')).toEqual({ matched: 6, pending: 0 });
  });

  it('begins with those that are asked for first', async () => {
    put(1, 100);
    await judge.look(parsed('body:needle'), [7, 10]);
    expect(
      looked
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([10, 7]);
    expect(lists.position(ask('body:needle'), 10)).toBeGreaterThanOrEqual(0);
  });

  it('has nothing to do for what the index answers', async () => {
    put(1, 5);
    expect(await judge.look(parsed('status:200'))).toBe(true);
    expect(await judge.look(parsed('body:needle status:500'))).toBe(true);
    expect(looked).toEqual([]);
  });

  it('takes what cannot be read for something that does not match', async () => {
    put(13, 13);
    await lookToTheEnd('body:hay');
    expect(page('body:hay')).toEqual({ matched: 0, pending: 0 });
  });
});

describe('what changes', () => {
  it('is looked into again', async () => {
    put(1, 20);
    await lookToTheEnd('body:needle');
    bodyOf = (id) => (id === 3 ? 'a needle' : 'hay');
    expect(found('body:needle')).toEqual([10, 20]);
    judge.changed([3, 10]);
    expect(page('body:needle')).toEqual({ matched: 1, pending: 2 });
    looked = [];
    await lookToTheEnd('body:needle');
    expect(found('body:needle')).toEqual([3, 20]);
    expect(looked.map(({ id }) => id)).toEqual([10, 3]);
  });

  it('while it is looked into does not count as seen', async () => {
    put(1, 1);
    meanwhile = async () => {
      meanwhile = async () => {};
      bodyOf = () => 'needle';
      judge.changed([1]);
    };
    await lookToTheEnd('body:needle');
    expect(found('body:needle')).toEqual([1]);
    expect(looked).toHaveLength(2);
  });

  it('or comes later is found, also behind a walk that has begun', async () => {
    put(1, 50);
    meanwhile = () => new Promise((resolve) => setTimeout(resolve, 5));
    expect(await judge.look(parsed('body:needle'))).toBe(false);
    put(51, 60);
    await lookToTheEnd('body:needle');
    expect(found('body:needle')).toHaveLength(6);
    put(61, 70);
    expect(page('body:needle').pending).toBe(10);
    await lookToTheEnd('body:needle');
    expect(found('body:needle')).toHaveLength(7);
  });
});

it('two filters are answered side by side, looking once where they ask the same', async () => {
  put(1, 60);
  meanwhile = () => new Promise((resolve) => setTimeout(resolve, 1));
  await Promise.all([lookToTheEnd('body:needle'), lookToTheEnd('not body:needle and header:x-even')]);
  expect(found('body:needle')).toHaveLength(6);
  // Without the one that cannot be read.
  expect(found('not body:needle and header:x-even')).toHaveLength(53);
});
