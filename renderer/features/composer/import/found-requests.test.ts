import { expect, test } from 'vitest';
import { readRequests } from '#formats/requests/read-requests.ts';
import { detailsOf, foundIn, titleOf } from './found-requests.ts';

const COLLECTION = JSON.stringify({
  info: { name: 'Shop' },
  item: [
    { name: 'Orders', item: [{ name: 'Create', request: { method: 'POST', url: 'https://a.test/orders' } }] },
    { name: '', request: 'https://a.test/health?x=1' },
    { name: '', request: 'https://a.test' },
  ],
});

test('a request is called by its folders and name, or by its path', async () => {
  const { requests } = await readRequests(COLLECTION);
  expect(requests.map(titleOf)).toEqual(['Orders / Create', '/health?x=1', '/']);
});

test('finding takes every word, wherever it stands', async () => {
  const { requests } = await readRequests(COLLECTION);
  const found = (find: string) => foundIn(requests, find).map(titleOf);
  expect(found(' ')).toHaveLength(3);
  expect(found('post ORDERS')).toEqual(['Orders / Create']);
  expect(found('a.test get')).toEqual(['/health?x=1', '/']);
  expect(found('nothing')).toEqual([]);
});

test('what was lost is named, each thing once and not without end', async () => {
  const { losses } = await readRequests("curl 'https://a.test/' -d @x -d @y -d @x -k");
  expect(detailsOf(losses, 'content of a file')).toBe('x, y');
  expect(detailsOf(losses, 'nothing')).toBe('');
  const many = await readRequests(
    `curl 'https://a.test/' ${Array.from({ length: 9 }, (_, i) => `-d @f${i}`).join(' ')}`,
  );
  expect(detailsOf(many.losses, 'content of a file')).toBe('f0, f1, f2, f3, f4, …');
});
