import { describe, expect, it, vi } from 'vitest';
import type { LossReport } from '#model/loss-report.ts';
import { tellLosses } from './loss-lines.ts';

const losses: LossReport = {
  sessions: 2,
  lossy: 1,
  counts: [{ what: 'marks', count: 1 }],
  losses: [{ session: 2, what: 'marks' }],
};

async function told(json: boolean) {
  const out: unknown[] = [];
  const err: unknown[] = [];
  using _out = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(chunk) > 0);
  using _err = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(chunk) > 0);
  await tellLosses('2 sessions written', { file: 'a.saz', losses }, { json });
  return { out: out.join(''), err: err.join('') };
}

describe('the end of a transfer', () => {
  it('is text beside the output', async () => {
    expect(await told(false)).toEqual({
      out: '',
      err: '2 sessions written\n1 session of 2 lost something.\n  1 × marks\n  session 2: marks\n',
    });
  });

  it('is one line of JSON', async () => {
    const { out, err } = await told(true);
    expect([JSON.parse(out), err]).toEqual([{ file: 'a.saz', losses }, '']);
    expect(out.endsWith('}\n')).toBe(true);
  });
});
