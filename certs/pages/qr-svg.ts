/** A QR code as an SVG document of one path: dark modules on a light ground, in both themes, because cameras want it that way. */
import { create } from 'qrcode';
import { xml } from '../encode-root.ts';

/** Modules of quiet zone around the code (ISO/IEC 18004 §5.3.8). */
const QUIET = 4;

/** The code of `text`, error correction level M, scalable; `label` is read by screen readers. */
export function qrSvg(text: string, label: string): string {
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const runs: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!data[y * size + x]) continue;
      const start = x;
      while (x + 1 < size && data[y * size + x + 1]) x++;
      runs.push(`M${start + QUIET} ${y + QUIET}h${x - start + 1}v1h-${x - start + 1}z`);
    }
  }
  const side = size + 2 * QUIET;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" shape-rendering="crispEdges"><title>${xml(label)}</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#0f1316" d="${runs.join('')}"/></svg>`;
}
