import { beforeAll, expect, test } from 'vitest';
import type { Authority } from '../authority.ts';
import { memoryAuthority } from '../testing/temp-authority.ts';
import { trustInstructions } from '../trust-instructions.ts';
import { notFoundHtml, pageHtml } from './page-html.ts';

let authority: Authority;
beforeAll(async () => {
  ({ authority } = await memoryAuthority('Sluice CA (lab, 2026-11-23)'));
});

/** What a reader sees: markup gone, entities as text. */
const visible = (html: string) =>
  html
    .replace(/<(style|title)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

test('each step of the shared instructions stands on the page, its commands as code', () => {
  const html = pageHtml(authority, 'http://sluice.cert/', '127.0.0.1:8866');
  const options = {
    certificateFile: 'sluice.pem',
    certificateUrl: 'http://sluice.cert/',
    proxy: '127.0.0.1:8866',
  };
  for (const { system, steps } of trustInstructions(options)) {
    expect(visible(html)).toContain(system);
    for (const step of steps) expect(visible(html)).toContain(step.replaceAll('`', ''));
  }
  expect(html).not.toContain('`');
  expect(html).toContain('<code>sudo cp sluice.pem ');
});

test('every element that is opened is closed, in order', () => {
  const empty = new Set(['meta', 'wbr', 'path', '!doctype']);
  for (const html of [pageHtml(authority, 'http://sluice.cert/', '127.0.0.1:8866'), notFoundHtml()]) {
    const open: string[] = [];
    for (const [, slash, name = ''] of html.matchAll(/<(\/?)([!a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (empty.has(name)) continue;
      if (slash) expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  }
});

test('both documents say their language, scale on phones and have one heading', () => {
  for (const html of [pageHtml(authority, 'http://sluice.cert/', '127.0.0.1:8866'), notFoundHtml()]) {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('width=device-width');
    expect(html.match(/<h1>/g)).toHaveLength(1);
  }
});
