import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpOrigin, type Origin } from '#proxy-core/testing/origin.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { openStaticFiles } from './static-files.ts';

const folder = temporaryFolder();
const built = join(folder.path, 'dist');
let origin: Origin;

async function serving(path: string): Promise<Origin> {
  const files = await openStaticFiles(path);
  return httpOrigin((asked, response) => {
    if (files.serve(asked.url ?? '', response, 4321)) return;
    response.writeHead(404).end('none');
  });
}

beforeAll(async () => {
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<!doctype html>');
  writeFileSync(join(built, 'assets', 'main-1.js'), 'let a');
  writeFileSync(join(built, 'assets', 'odd.xyz'), '?');
  writeFileSync(join(built, 'LOUD.CSS'), 'a{}');
  writeFileSync(join(folder.path, 'secret.txt'), 'secret');
  origin = await serving(built);
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** As it stands: fetch would tidy the path. */
function raw(path: string, method = 'GET', port = origin.port) {
  return new Promise<{ status: number; type: string | undefined; text: string; headers: object }>(
    (resolve, reject) => {
      request({ port, path, method, agent: false }, async (response) => {
        const text = (await Array.fromAsync(response as AsyncIterable<Buffer>)).join('');
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'],
          text,
          headers: response.headers,
        });
      })
        .on('error', reject)
        .end();
    },
  );
}

describe('the built workbench', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/assets/main-1.js', 'text/javascript; charset=utf-8', 'let a'],
    ['/LOUD.CSS', 'text/css; charset=utf-8', 'a{}'],
    ['/assets/odd.xyz', 'application/octet-stream', '?'],
  ])('%s is given out as %s', async (path, type, text) => {
    expect(await raw(path)).toMatchObject({ status: 200, type, text });
  });

  it('is kept by browsers where names hold a hash, and is always fresh where they do not', async () => {
    expect((await raw('/assets/main-1.js')).headers).toMatchObject({
      'cache-control': expect.stringContaining('immutable'),
    });
    expect((await raw('/')).headers).toMatchObject({ 'cache-control': 'no-store' });
  });

  it('R1: comes with a policy that lets no foreign script in', async () => {
    expect((await raw('/')).headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/default-src 'none'; script-src 'self';/),
    });
  });

  it('has no body for HEAD, and says how long it is', async () => {
    expect(await raw('/assets/main-1.js', 'HEAD')).toMatchObject({
      text: '',
      headers: { 'content-length': '5' },
    });
  });

  it.each([
    '/none.js',
    '/assets',
    '/assets/',
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '//secret.txt',
    '/index.html/',
    '/INDEX.HTML',
    '/__proto__',
  ])('has nothing at %s', async (path) => {
    expect(await raw(path)).toMatchObject({ status: 404, text: 'none' });
  });
});

describe('a workbench that is not there', () => {
  it('says at its address how to build it, and is nothing else', async () => {
    await using bare = await serving(join(folder.path, 'not-built'));
    expect(await raw('/', 'GET', bare.port)).toMatchObject({
      status: 503,
      text: expect.stringContaining('npm run build'),
    });
    expect((await raw('/assets/main-1.js', 'GET', bare.port)).status).toBe(404);
  });

  it('that vanishes under way breaks the answer off', async () => {
    const passing = join(folder.path, 'passing');
    mkdirSync(passing);
    writeFileSync(join(passing, 'index.html'), 'x');
    await using was = await serving(passing);
    rmSync(passing, { recursive: true });
    await expect(raw('/', 'GET', was.port)).rejects.toThrow();
  });

  it('is listed once: what a link points to later is not given out', async () => {
    const late = join(folder.path, 'late');
    mkdirSync(late);
    await using at = await serving(late);
    symlinkSync(join(folder.path, 'secret.txt'), join(late, 'link.txt'));
    expect((await raw('/link.txt', 'GET', at.port)).status).toBe(404);
  });
});
