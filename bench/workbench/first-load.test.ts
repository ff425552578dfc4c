import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { firstLoadBytes, firstScripts } from './first-load.ts';

test('what a page loads first is its script and the modules it needs, each once', () => {
  const html =
    '<link rel="icon" href="/icon.svg"><script type="module" crossorigin src="/assets/index-a.js"></script>' +
    '<link rel="modulepreload" crossorigin href="/assets/react-b.js"><link rel="modulepreload" href="/assets/react-b.js">' +
    '<link rel="stylesheet" href="/assets/index-c.css">';
  expect(firstScripts(html)).toEqual(['/assets/index-a.js', '/assets/react-b.js']);
});

const dist = fileURLToPath(new URL('../../renderer/dist', import.meta.url));
test.runIf(existsSync(`${dist}/index.html`))('the workbench loads at most 300 KB of script first', () => {
  expect(firstLoadBytes(dist)).toBeLessThanOrEqual(300_000);
});
