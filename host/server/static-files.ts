/**
 * The built workbench as the loopback server gives it out. The files are listed once, at the start: a request can name only what is on
 * that list, so no path it holds ever reaches the file system.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { pageHeaders } from './security-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
};

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:15vh auto;padding:0 1rem}code{background:#8883;padding:.1em .3em}</style>
<h1>The workbench is not built yet</h1><p>The proxy is running and records. To see the workbench, run
<code>npm run build</code> in Sluice's folder, start Sluice again and open the address that it prints.</p></html>`;

export interface StaticFiles {
  /** Answers for a path (without query); false when there is no such file. */
  serve(path: string, response: ServerResponse, port: number): boolean;
}

interface Entry {
  readonly file: string;
  readonly size: number;
}

async function listFiles(folder: string): Promise<Map<string, Entry>> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const entries = new Map<string, Entry>();
  for (const name of names) {
    const file = join(folder, name);
    const info = await stat(file);
    if (info.isFile()) entries.set(`/${name.split(sep).join('/')}`, { file, size: info.size });
  }
  return entries;
}

const typeOf = (path: string) =>
  TYPES[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

/** The workbench in `folder`; when it is not built, `/` says how to build it. */
export async function openStaticFiles(folder: string): Promise<StaticFiles> {
  const entries = await listFiles(folder);
  const sendNotBuilt = (response: ServerResponse, port: number) => {
    response.writeHead(503, { ...pageHeaders(port, false), 'Content-Type': TYPES.html });
    response.end(NOT_BUILT);
  };
  return {
    serve(path, response, port) {
      const wanted = path === '/' ? '/index.html' : path;
      const entry = entries.get(wanted);
      if (!entry) {
        if (wanted !== '/index.html') return false;
        sendNotBuilt(response, port);
        return true;
      }
      response.writeHead(200, {
        ...pageHeaders(port, wanted.startsWith('/assets/')),
        'Content-Type': typeOf(wanted),
        'Content-Length': entry.size,
      });
      if (response.req.method === 'HEAD') response.end();
      // An asset that vanished under us (a new build) breaks the answer off; the browser reports it.
      else pipeline(createReadStream(entry.file), response, () => undefined);
      return true;
    },
  };
}
