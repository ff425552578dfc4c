import { createElement, Suspense } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { preloadable } from './preloadable.ts';

const Word = () => createElement('b', null, 'here');
const drawn = (Component: Parameters<typeof createElement>[0]) =>
  renderToString(createElement(Suspense, { fallback: 'waiting' }, createElement(Component)));

it('is drawn at once when it was fetched before, and waited for when it was not', async () => {
  const late = preloadable(async () => Word);
  expect(drawn(late.Component)).toContain('waiting');
  const early = preloadable(async () => Word);
  early.preload();
  await Promise.resolve();
  await Promise.resolve();
  expect(drawn(early.Component)).toContain('<b>here</b>');
});

it('tells of what cannot be fetched only when it is shown', async () => {
  const { preload } = preloadable(() => Promise.reject(new Error('gone')));
  preload();
  await Promise.resolve();
});
