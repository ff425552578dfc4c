import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/captures.ts';
import { isPlain, planOf, type ReplayOptions, withReplayOptions } from './replay-options.ts';

/** The plan of these arguments. */
async function plan(...args: string[]) {
  const command = withReplayOptions(new Command('replay'))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse(args, { from: 'user' });
  return planOf([7], command.opts<ReplayOptions>());
}

describe('the options of replay', () => {
  it('are once, unchanged, at a pace that anyone may have', async () => {
    expect(await plan()).toEqual({
      ids: [7],
      count: 1,
      change: {},
      variations: [],
      combine: 'product',
      pace: { kind: 'paced', rate: 10, parallel: 1, delayMs: 0, rampMs: 0 },
      stop: {},
      scope: [],
    });
  });

  it('say what changes', async () => {
    const args = [
      '--to',
      'http://b.test',
      '--header',
      'X: 1',
      '--body',
      'hi',
      '--unconditional',
      '--method',
      'PUT',
    ];
    const made = await plan(...args, '--set', "$['a=b'].c=1=2", '--set', 'query.x=');
    expect(made.change).toEqual({
      method: 'PUT',
      origin: 'http://b.test',
      headers: [['X', '1']],
      body: new TextEncoder().encode('hi'),
      unconditional: true,
      parts: [
        { part: "$['a=b'].c", value: '1=2' },
        { part: 'query.x', value: '' },
      ],
    });
  });

  it('vary parts by list, range and file', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'values');
    writeFileSync(file, 'a\nb\n');
    const made = await plan('--vary', 'query.page=1..3', '--vary', `header.X=@${file}`, '--zip');
    expect(made.variations).toEqual([
      { part: 'query.page', values: ['1', '2', '3'] },
      { part: 'header.X', values: ['a', 'b'] },
    ]);
    expect(made.combine).toBe('zip');
  });

  it('say how fast', async () => {
    expect((await plan('--rate', '50', '--parallel', '5', '--delay', '10', '--ramp', '2000')).pace).toEqual({
      kind: 'paced',
      rate: 50,
      parallel: 5,
      delayMs: 10,
      rampMs: 2000,
    });
    expect((await plan('--original-timing')).pace).toEqual({ kind: 'original', speed: 1 });
    expect((await plan('--original-timing', '2')).pace).toEqual({ kind: 'original', speed: 2 });
    expect((await plan('--together')).pace).toEqual({ kind: 'together' });
  });

  it('say what is taken out and when to stop', async () => {
    const stops = ['--stop-status', '429', '--stop-status', '5xx', '--stop-failure', '--stop-change'];
    const made = await plan('--extract', '$.id', ...stops, '--stop-pattern', 'x', '--stop-after', '1.5');
    expect(made.extract).toEqual({ json: '$.id' });
    expect(made.stop).toEqual({
      statuses: ['429', '5xx'],
      failure: true,
      otherStatus: true,
      pattern: 'x',
      afterMs: 1500,
    });
    expect((await plan('--extract', 'id=(\\d+)')).extract).toEqual({ pattern: 'id=(\\d+)' });
  });

  it('make a scenario of it, but for some variables', async () => {
    const made = await plan('--scenario', '--without', 'sid', '--without', 'id');
    expect(made.scenario).toEqual({ without: ['sid', 'id'] });
    expect(isPlain(made)).toBe(false);
  });

  it('are of one plain request only where nothing asks for a table', async () => {
    expect(isPlain(await plan('--set', 'query.a=1'))).toBe(true);
    for (const args of [['--count', '2'], ['--vary', 'query.a=1'], ['--extract', '$.a'], ['--together']]) {
      expect(isPlain(await plan(...args))).toBe(false);
    }
  });

  it.each([
    [['--set', 'query.a'], 'usage'],
    [['--set', '=1'], 'usage'],
    [['--vary', 'query.a=@/nowhere'], 'file-unreadable'],
    [['--header', 'none'], 'bad-header'],
    [['--count', '0'], 'commander.invalidArgument'],
    [['--rate', '5000'], 'commander.invalidArgument'],
    [['--parallel', '1000'], 'commander.invalidArgument'],
    [['--stop-after', 'x'], 'commander.invalidArgument'],
  ])('refuse %j', async (args, code) => expect(plan(...args)).rejects.toMatchObject({ code }));
});
