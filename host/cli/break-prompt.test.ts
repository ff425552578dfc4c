import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Breakpoints, type NewItem } from '#proxy-core/intercept/breakpoints.ts';
import { breakPrompt } from './break-prompt.ts';

const item = (change: Partial<NewItem> = {}): NewItem => ({
  at: 'request',
  session: 1,
  rule: 'r',
  method: 'GET',
  url: 'http://a/',
  headers: [['A', '1']],
  content: new Uint8Array(Buffer.from('old')),
  limitMs: 60_000,
  ...change,
});
const stays = () => new AbortController().signal;

/** What is said on standard error meanwhile. */
async function said(work: () => Promise<void>): Promise<string> {
  const own = process.stderr.write;
  let text = '';
  process.stderr.write = ((chunk: string) => {
    text += chunk;
    return true;
  }) as typeof own;
  try {
    await work();
  } finally {
    process.stderr.write = own;
  }
  return text;
}

describe('a prompt at breakpoints', () => {
  it('shows one after the other, and does what is typed', async () => {
    const breakpoints = new Breakpoints();
    const input = new PassThrough();
    const text = await said(async () => {
      await using _prompt = breakPrompt({ breakpoints, input });
      const first = breakpoints.pause(item(), stays());
      const second = breakpoints.pause(item({ at: 'response', status: 200 }), stays());
      input.write('set B: 2\nbody new\nshow\ngo\n');
      expect(await first).toEqual({
        kind: 'go',
        headers: [
          ['A', '1'],
          ['B', '2'],
        ],
        content: new Uint8Array(Buffer.from('new')),
      });
      input.write('drop\n');
      expect(await second).toEqual({ kind: 'drop' });
    });
    expect(text).toMatch(/\[1\] request GET.*B: 2\n\nnew.*\[2\] response 200/s);
  });

  it('asks again for what cannot be', async () => {
    const breakpoints = new Breakpoints();
    const input = new PassThrough();
    const text = await said(async () => {
      await using _prompt = breakPrompt({ breakpoints, input });
      const paused = breakpoints.pause(item(), stays());
      input.write('url nowhere\ngo\ngo\n');
      expect(await paused).toEqual({ kind: 'go' });
    });
    expect(text).toMatch(/not an http or https URL/);
  });

  it('lets the text be edited by a program of the user', async () => {
    const breakpoints = new Breakpoints();
    const input = new PassThrough();
    await said(async () => {
      await using _prompt = breakPrompt({
        breakpoints,
        input,
        env: { ...process.env, VISUAL: 'sed -i s/old/edited/' },
      });
      const paused = breakpoints.pause(item(), stays());
      input.write('edit\ngo\n');
      expect(await paused).toMatchObject({
        kind: 'go',
        url: 'http://a/',
        content: new Uint8Array(Buffer.from('edited')),
      });
    });
  });

  it('lets everything go when the input ends', async () => {
    const breakpoints = new Breakpoints();
    const input = new PassThrough();
    await said(async () => {
      await using _prompt = breakPrompt({ breakpoints, input });
      const paused = [breakpoints.pause(item(), stays()), breakpoints.pause(item(), stays())];
      input.end();
      expect(await Promise.all(paused)).toEqual([{ kind: 'go' }, { kind: 'go' }]);
      expect(breakpoints.attended).toBe(false);
    });
  });
});
