import { expect, test } from 'vitest';
import { formTypeOf, isForm } from './form-type.ts';

test('tells the two kinds of form from everything else', () => {
  expect(formTypeOf([['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8']])).toEqual({
    kind: 'urlencoded',
  });
  expect(formTypeOf([['content-type', 'multipart/form-data; boundary="a b"']])).toEqual({
    kind: 'multipart',
    boundary: 'a b',
  });
  expect(formTypeOf([['content-type', 'application/json']])).toBeUndefined();
  expect(formTypeOf([])).toBeUndefined();
});

test('multipart without a boundary cannot be read as a form', () => {
  expect(isForm([['content-type', 'multipart/form-data']])).toBe(false);
});
