import { describe, expect, it } from 'vitest';
import { sluice } from '../testing/sluice.ts';
import { VERSION } from '../version.ts';

const COMMANDS = ['open', 'record', 'list', 'show', 'export', 'import', 'replay', 'check', 'probe', 'ca'];

describe('the command line', () => {
  it('tells its version and its commands', async () => {
    expect(await sluice('--version')).toEqual({ code: 0, out: `${VERSION}\n`, err: '' });
    const help = await sluice('--help');
    expect(help.code).toBe(0);
    for (const name of COMMANDS) expect(help.out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each(COMMANDS)('explains %s', async (name) => {
    const { code, out } = await sluice(name, '--help');
    expect([code, out]).toEqual([0, expect.stringMatching(new RegExp(`^Usage: sluice ${name} `))]);
  });

  it.each([
    [['bogus'], 'too many arguments|unknown command'],
    [['list'], 'missing required argument'],
    [['list', 'x', '--nonsense'], 'unknown option'],
    [['show', 'x'], 'missing required argument'],
    [['record', '--port'], 'argument missing'],
    [['record', '--port', 'x'], 'give a port'],
  ])('used wrongly, as %j, says so with a code and a hint', async (args, message) => {
    const { code, out, err } = await sluice(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^sluice: .* \[usage\]\n/);
    expect(err).toMatch(new RegExp(message));
    expect(err).toContain('--help tells');
  });
});
