import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('has every primitive there is', () => {
  const gallery = read('./Gallery.tsx');
  const primitives = readdirSync(new URL('../../ui', import.meta.url)).filter((name) =>
    name.endsWith('.tsx'),
  );
  expect(primitives.length).toBeGreaterThan(15);
  // Toasts are once per window, whatever it shows.
  const missing = primitives.filter(
    (name) => name !== 'Toasts.tsx' && !gallery.includes(`'../../ui/${name}'`),
  );
  expect(missing).toEqual([]);
});

it('shows each theme, with and without more contrast, as tokens name them', () => {
  const gallery = read('./Gallery.tsx');
  const contrast = read('../../ui/contrast.css');
  for (const theme of ['dark', 'light']) expect(gallery).toContain(`'${theme}', 'more'`);
  // Every colour for text and lines has a stronger one.
  const tokens = [
    ...read('../../ui/tokens.css').matchAll(/^ {2}(--(?:bg|line|tx|acc|ok|info|warn|err|vio|code)\w*):/gm),
  ];
  expect(tokens.length).toBeGreaterThan(12);
  for (const [, token] of tokens) expect(contrast).toContain(`${token}: light-dark(`);
});

it('is in development builds alone', () => {
  expect(read('../../main.tsx')).toContain(
    "import.meta.env.MODE === 'development' && location.hash === '#/gallery'",
  );
});
