import { describe, expect, it } from 'vitest';
import { splitUrl } from '#model/session-fold.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { RecordedAnswers } from './recorded-answers.ts';

const asked = (url: string, method = 'GET') => ({ method, ...splitUrl(url) });
function of(...recorded: (readonly [url: string, more?: object])[]): RecordedAnswers {
  const answers = new RecordedAnswers();
  for (const [index, [url, more]] of recorded.entries()) {
    answers.add(makeSession({ id: index + 1, url, ...more }).session.row);
  }
  return answers;
}

describe('an answer is found', () => {
  const answers = of(
    ['https://a.test/orders/1?full=1'],
    ['https://a.test/orders/1'],
    ['https://a.test/orders/1', { method: 'POST' }],
    ['http://b.test:8080/'],
  );
  it.each([
    ['https://a.test/orders/1?full=1', 'GET', { id: 1, how: 'url' }],
    // A mock is asked by http for what was recorded over https.
    ['http://a.test/orders/1', 'GET', { id: 2, how: 'url' }],
    ['https://a.test/orders/1', 'POST', { id: 3, how: 'url' }],
    ['https://a.test/orders/1?other', 'GET', { id: 1, how: 'path' }],
    ['https://a.test/orders/77?x', 'GET', { id: 1, how: 'endpoint' }],
    ['http://b.test:8080/', 'GET', { id: 4, how: 'url' }],
    ['http://b.test/', 'GET', undefined],
    ['https://c.test/orders/1', 'GET', undefined],
    ['https://a.test/orders/1', 'DELETE', undefined],
    ['https://a.test/orders', 'GET', undefined],
  ])('%s %s', (url, method, found) => {
    expect(answers.next(asked(url, method), false)).toEqual(found);
  });

  it('says what there is', () => {
    expect(answers.size).toBe(4);
    expect(answers.hosts).toEqual([
      ['a.test', 3],
      ['b.test', 1],
    ]);
  });
});

it('what was recorded several times is answered in that order, the last of it again and again', () => {
  const answers = of(['http://a/x'], ['http://a/y'], ['http://a/x'], ['http://a/x']);
  const ids = Array.from({ length: 5 }, () => answers.next(asked('http://a/x'), false)?.id);
  expect(ids).toEqual([1, 3, 4, 4, 4]);
});

it('a 304 answers only who asked with a condition', () => {
  const answers = of(
    ['http://a/x'],
    ['http://a/x', { status: 304 }],
    ['http://a/x'],
    ['http://a/only', { status: 304 }],
  );
  expect([1, 2, 3].map(() => answers.next(asked('http://a/x'), false)?.id)).toEqual([1, 3, 3]);
  expect(answers.next(asked('http://a/only'), false)).toBeUndefined();
  expect(answers.next(asked('http://a/only'), true)?.id).toBe(4);
});

it('what was never answered answers nothing', () => {
  const answers = of(['http://a/x', { status: null }], ['ws://a/y', { kind: 'websocket', status: 101 }]);
  expect([answers.size, answers.next(asked('http://a/x'), true)]).toEqual([0, undefined]);
});
