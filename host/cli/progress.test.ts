import { describe, expect, it } from 'vitest';
import { showProgress } from './progress.ts';

function shown(isTTY: boolean, total: number, steps: number): string[] {
  const lines: string[] = [];
  {
    using progress = showProgress('Exporting', total, { isTTY, write: (text) => lines.push(text) > 0 });
    for (let i = 0; i < steps; i++) progress.step();
  }
  return lines;
}

describe('progress', () => {
  it('is one line that goes when all is done', () => {
    const lines = shown(true, 2000, 2000);
    expect(lines.at(-2)).toBe('\r\u001b[KExporting 2,000 of 2,000 (100 %)');
    expect(lines.at(-1)).toBe('\r\u001b[K');
    expect(lines.length).toBeLessThan(100);
  });

  it('is nothing in a pipe, and of nothing', () => {
    expect(shown(false, 10, 10)).toEqual([]);
    expect(shown(true, 0, 0)).toEqual([]);
  });

  it('can be told how far it is', () => {
    const lines: string[] = [];
    {
      using progress = showProgress('Compacting', undefined, {
        isTTY: true,
        write: (text) => lines.push(text) > 0,
      });
      progress.show(1, 3);
      // Drawn often enough.
      progress.show(2, 3);
    }
    expect(lines).toEqual(['\r\u001b[KCompacting 33 %', '\r\u001b[K']);
  });
});
