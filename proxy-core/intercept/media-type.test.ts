import { expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.ts';

it('knows common files, in any case', () => {
  expect(mediaTypeOf('.html')).toBe('text/html; charset=utf-8');
  expect(mediaTypeOf('.PNG')).toBe('image/png');
});

it('says nothing of others', () => {
  for (const extension of ['', '.sluice', 'html', 'constructor']) {
    expect(mediaTypeOf(extension)).toBe('application/octet-stream');
  }
});
