import * as fc from 'fast-check';
import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { qrSvg } from './qr-svg.ts';

const QUIET = 4;

/** The dark modules that the path draws, as "x,y", quiet zone taken off. */
function drawn(svg: string): Set<string> {
  const path = /fill="#0f1316" d="([^"]*)"/.exec(svg)?.[1] ?? '';
  const modules = new Set<string>();
  for (const [, x, y, width, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    expect(back).toBe(width);
    for (let i = 0; i < Number(width); i++) modules.add(`${Number(x) + i - QUIET},${Number(y) - QUIET}`);
  }
  return modules;
}

test('it draws exactly the dark modules of the code', () => {
  fc.assert(
    fc.property(fc.webUrl(), (url) => {
      const { data, size } = create(url, { errorCorrectionLevel: 'M' }).modules;
      const dark = new Set<string>();
      for (const [index, bit] of data.entries())
        if (bit) dark.add(`${index % size},${Math.floor(index / size)}`);
      expect(drawn(qrSvg(url, 'label'))).toEqual(dark);
    }),
    { numRuns: 20 },
  );
});

test('around it are four modules of light ground, in any theme', () => {
  const svg = qrSvg('http://sluice.cert/', 'label');
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  expect(side).toBe(create('http://sluice.cert/', { errorCorrectionLevel: 'M' }).modules.size + 2 * QUIET);
  expect(svg).toContain(`<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`);
});

test('it has a name for screen readers, which cannot break out of it', () => {
  expect(qrSvg('x', 'QR code of http://a/')).toContain('role="img"');
  expect(qrSvg('x', '</title><script>')).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
});
