import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileAnswer, folderAnswer, OUTSIDE, readFileBytes } from './answer.ts';

let base = '';
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'sluice-answer-'));
  mkdirSync(join(base, 'site', 'sub'), { recursive: true });
  writeFileSync(join(base, 'secret.txt'), 'secret');
  writeFileSync(join(base, 'site', 'index.html'), 'home');
  writeFileSync(join(base, 'site', 'a b.json'), '{}');
  writeFileSync(join(base, 'site', 'sub', 'index.html'), 'sub');
  symlinkSync(join(base, 'secret.txt'), join(base, 'site', 'link.txt'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const at = async (path: string) => {
  const answer = await folderAnswer(join(base, 'site'), path, 200);
  return answer === OUTSIDE ? 'outside' : answer?.body.toString();
};

describe('a folder', () => {
  it.each([
    ['/', 'home'],
    ['/index.html', 'home'],
    ['/a%20b.json', '{}'],
    ['/sub', 'sub'],
    ['/sub/', 'sub'],
    ['//./sub//index.html', 'sub'],
    ['/nothing', undefined],
    ['/index.html/x', undefined],
  ])('answers %s with %s', async (path, body) => expect(await at(path)).toBe(body));

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/sub/../../secret.txt',
    '/sub%2f..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/a%00',
    '/%zz',
    '/link.txt',
  ])('refuses %s', async (path) => expect(await at(path)).toBe('outside'));

  it('that is not there is said', async () => {
    await expect(folderAnswer(join(base, 'none'), '/', 200)).rejects.toThrow(/is not there/);
  });
});

it('a file has its type; what is no file is none', async () => {
  const answer = await fileAnswer(join(base, 'site', 'a b.json'), 201);
  expect(answer).toMatchObject({ status: 201, headers: [['Content-Type', 'application/json']] });
  expect(await fileAnswer(join(base, 'site'), 200)).toBeUndefined();
  expect(await readFileBytes(join(base, 'none'))).toBeUndefined();
});
