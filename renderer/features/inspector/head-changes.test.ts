import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { headChanges } from './head-changes.ts';

const kinds = (received: HeaderPair[], sent: HeaderPair[]) =>
  headChanges(received, sent).fields.map(({ kind, name }) => `${kind} ${name}`);

test('nothing changed', () => {
  const head: HeaderPair[] = [
    ['Host', 'a.test'],
    ['Accept', '*/*'],
  ];
  expect(headChanges(head, head)).toEqual({
    fields: head.map(([name, value]) => ({ kind: 'same', name, value })),
    moved: false,
  });
});

test('a field left out, one changed, one added', () => {
  const { fields } = headChanges(
    [
      ['Host', 'a.test'],
      ['Proxy-Connection', 'keep-alive'],
      ['Accept', '*/*'],
    ],
    [
      ['Host', 'a.test'],
      ['Via', '1.1 sluice'],
      ['Accept', 'text/html'],
    ],
  );
  expect(fields).toEqual([
    { kind: 'same', name: 'Host', value: 'a.test' },
    { kind: 'removed', name: 'Proxy-Connection', value: 'keep-alive' },
    { kind: 'added', name: 'Via', value: '1.1 sluice' },
    { kind: 'changed', name: 'Accept', value: '*/*', sent: ['Accept', 'text/html'] },
  ]);
});

test('what is added before everything stands first, what is added at the end last', () => {
  expect(
    kinds(
      [['B', '1']],
      [
        ['A', '1'],
        ['B', '1'],
        ['C', '1'],
        ['D', '1'],
      ],
    ),
  ).toEqual(['added A', 'same B', 'added C', 'added D']);
});

test('another case of the name is a change, because servers see it', () => {
  expect(headChanges([['accept', 'x']], [['Accept', 'x']]).fields).toEqual([
    { kind: 'changed', name: 'accept', value: 'x', sent: ['Accept', 'x'] },
  ]);
});

test('of several fields with one name the last ones are the ones missing or added', () => {
  const cookies = (...values: string[]) => values.map((value): HeaderPair => ['Set-Cookie', value]);
  expect(kinds(cookies('a', 'b'), cookies('a'))).toEqual(['same Set-Cookie', 'removed Set-Cookie']);
  expect(kinds(cookies('a'), cookies('a', 'b'))).toEqual(['same Set-Cookie', 'added Set-Cookie']);
});

test('a move is said, and nothing else', () => {
  const a: HeaderPair = ['A', '1'];
  const b: HeaderPair = ['B', '2'];
  const { fields, moved } = headChanges([a, b], [b, a]);
  expect(moved).toBe(true);
  expect(fields.map(({ kind }) => kind)).toEqual(['same', 'same']);
});

test('an empty head has nothing but additions', () => {
  expect(kinds([], [['A', '1']])).toEqual(['added A']);
  expect(kinds([['A', '1']], [])).toEqual(['removed A']);
  expect(headChanges([], [])).toEqual({ fields: [], moved: false });
});

test('every field of either head is there exactly once', () => {
  const pairs = fc.array(
    fc.tuple(fc.constantFrom('A', 'a', 'B', 'C', 'Set-Cookie'), fc.constantFrom('1', '2')),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(pairs, pairs, (received, sent) => {
      const { fields } = headChanges(received, sent);
      expect(fields.flatMap((one) => (one.kind === 'added' ? [] : [[one.name, one.value]]))).toEqual(
        received,
      );
      const sentOn = fields.flatMap((one) => {
        if (one.kind === 'removed') return [];
        return [one.kind === 'changed' ? one.sent : [one.name, one.value]];
      });
      const sorted = (list: unknown[]) => list.map((one) => JSON.stringify(one)).sort();
      expect(sorted(sentOn)).toEqual(sorted(sent));
    }),
  );
});
