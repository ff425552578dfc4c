import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { inputOf, shownBy } from '../testing/run-check.ts';
import { factsOf, requestField, requestLine, responseField, statusLine } from './head-fields.ts';

const read = (text: string) => {
  const full = makeSession(sessionText(text).session);
  return { full, input: inputOf(full) };
};

it('finds fields whatever their case, with the range of the value', () => {
  const { full, input } = read('GET /x\nX-One: 1\n---\n200\nSET-Cookie: a=b; Path=/\nset-cookie: c=d');
  expect(requestField(input, 'x-one')?.value).toBe('1');
  expect(requestField(input, 'x-two')).toBeUndefined();
  const cookie = responseField(input, 'set-cookie');
  expect(cookie).toMatchObject({ name: 'SET-Cookie', value: 'a=b; Path=/' });
  expect(cookie && shownBy(cookie.evidence, full)).toBe('a=b; Path=/');
  expect(factsOf(input).response.get('set-cookie')).toHaveLength(2);
});

it('says what kind of answer it is', () => {
  expect(factsOf(read('200\nContent-Type: TEXT/HTML').input)).toMatchObject({
    html: true,
    success: true,
    secure: true,
  });
  expect(factsOf(read('200\nX: y\n\n<!DOCTYPE html><p>').input).html).toBe(true);
  expect(factsOf(read('200\nX: y\n\n{"a":"<html>"}').input).html).toBe(false);
  expect(factsOf(read('GET http://a.test/\n---\n302\nLocation: /').input)).toMatchObject({
    redirect: true,
    secure: false,
  });
  expect(factsOf(read('304').input).redirect).toBe(false);
  expect(factsOf(read('200\nContent-Type: application/javascript').input).script).toBe(true);
  expect(factsOf(read('200\nContent-Type: text/css').input).style).toBe(true);
});

it('reads once', () => {
  const { input } = read('200');
  expect(factsOf(input)).toBe(factsOf(input));
});

it('shows the first lines', () => {
  const { full, input } = read('GET /x\n---\n200 Fine');
  expect(shownBy(statusLine(input), full)).toBe('HTTP/1.1 200 Fine');
  expect(shownBy(requestLine(input), full)).toBe('GET /x HTTP/1.1');
});
