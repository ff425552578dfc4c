import { describe, expect, test } from 'vitest';
import { HELP, PEER_NAMES, parseOptions, UsageError } from './options.ts';
import { allPeers } from './peers/all-peers.ts';
import { ALL_SCENARIOS } from './scenarios/all-scenarios.ts';

const parse = (...args: string[]) => parseOptions(args, 'RESULTS.md');
const names = ({ scenarios }: ReturnType<typeof parse>) => scenarios.map(({ name }) => name);

describe('without options', () => {
  test('everything is measured in at least five rounds and written to the results', () => {
    const options = parse();
    expect(options.scenarios).toEqual(ALL_SCENARIOS);
    expect(options.peers).toEqual(PEER_NAMES);
    expect(options.rounds).toBeGreaterThanOrEqual(5);
    expect(options.out).toBe('RESULTS.md');
    expect(options.engine).toBeUndefined();
    expect(options.command).toBe('npm run bench');
  });

  test('the names of the peers are those that the peers have themselves', () => {
    expect(allPeers(undefined).map(({ name }) => name)).toEqual([...PEER_NAMES]);
  });
});

describe('the short mode', () => {
  test('has less of everything and leaves the results alone', () => {
    const options = parse('--short');
    expect(names(options)).toEqual(['http-1kb', 'https-1kb', 'memory']);
    expect(options.peers).toEqual(['sluice', 'squid', 'http-mitm-proxy']);
    expect(options.rounds).toBe(3);
    expect(options.out).toBeUndefined();
  });

  test('may be asked for more', () => {
    const options = parse('--short', '--only', 'latency', '--peers', 'mockttp', '--rounds', '4');
    expect(names(options)).toEqual(['latency']);
    expect(options.peers).toEqual(['mockttp']);
    expect(options.rounds).toBe(4);
  });
});

describe('choosing', () => {
  test('scenarios and peers come in the order of the bench, not of the command line', () => {
    const options = parse('--only', 'https-1kb,http-1kb', '--peers', 'squid, sluice');
    expect(names(options)).toEqual(['http-1kb', 'https-1kb']);
    expect(options.peers).toEqual(['sluice', 'squid']);
  });

  test('a part is printed, unless a file is named', () => {
    expect(parse('--only', 'latency').out).toBeUndefined();
    expect(parse('--peers', 'squid').out).toBeUndefined();
    expect(parse('--only', 'latency', '--out', 'x.md').out).toBe('x.md');
  });

  test('engine, rounds and seconds', () => {
    expect(parse('--engine', 'wire', '--rounds', '7', '--seconds', '0.5')).toMatchObject({
      engine: 'wire',
      rounds: 7,
      seconds: 0.5,
    });
  });

  test.each([
    [['--only', 'nothing'], 'no scenario "nothing": choose from http-1kb,'],
    [['--peers', 'squid,nobody'], 'no peer "nobody": choose from direct,'],
    [['--seconds', 'soon'], '--seconds needs a number above 0, not "soon"'],
    [['--rounds', '0'], '--rounds needs'],
    [['--quick'], '--quick'],
    [['extra'], 'extra'],
  ])('%j is refused with a reason', (args, reason) => {
    expect(() => parse(...args)).toThrow(UsageError);
    expect(() => parse(...args)).toThrow(reason);
  });
});

describe('the command in the report', () => {
  test('is as typed', () => {
    expect(parse('--short', '--engine', 'wire').command).toBe('npm run bench -- --short --engine wire');
  });

  test('has no path in it', () => {
    expect(parse('--out', '/home/me/x.md', '--short').command).toBe('npm run bench -- --short');
    expect(parse('--short', '--out=/home/me/x.md').command).toBe('npm run bench -- --short');
  });

  test('can be pasted into a shell', () => {
    expect(parse('--engine', "o'hara x").command).toBe(`npm run bench -- --engine 'o'\\''hara x'`);
  });
});

test('the help names every scenario and every peer', () => {
  for (const { name } of ALL_SCENARIOS) expect(HELP).toContain(name);
  for (const name of PEER_NAMES) expect(HELP).toContain(name);
});
