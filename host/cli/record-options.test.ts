import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { hostOptions, type RecordOptions, withRecordOptions } from './record-options.ts';

function parsed(...args: string[]): RecordOptions {
  const command = withRecordOptions(
    new Command('record').exitOverride().configureOutput({ writeErr: () => {} }),
  );
  return command.parse(args, { from: 'user' }).opts();
}
const host = (...args: string[]) => hostOptions(parsed(...args), {});

/** What the engine's options mean is tested with them. */
const NONE = {
  upstreamCaFiles: [],
  browserFlags: [],
  rulesReloaded: expect.any(Function),
  settings: { inbound: {}, upstream: {}, protocol: {} },
};

describe('options of record and open', () => {
  it('are none when none are given: the host has defaults of its own', () => {
    expect(host()).toEqual(NONE);
  });

  it.each([
    [['--port', '0'], { port: 0 }],
    [['--host', '0.0.0.0'], { host: '0.0.0.0' }],
    [['--ui-port', '7000'], { uiPort: 7000 }],
    [['--data', '/d'], { dataFolder: '/d' }],
    [['--capture', '/c.sluice'], { capture: '/c.sluice' }],
    [['--engine', 'x'], { engine: 'x' }],
    [['--no-process-lookup'], { processLookup: false }],
    [['--upstream-ca', 'a', '--upstream-ca', 'b'], { upstreamCaFiles: ['a', 'b'] }],
  ])('%j mean %j', (args, options) => {
    expect(host(...args)).toEqual({ ...NONE, ...options });
  });

  it('say how long and how to speak', () => {
    expect(parsed('--for', '0.5', '--json')).toMatchObject({ for: 0.5, json: true });
  });

  it.each([['--port', 'x'], ['--port', '70000'], ['--for', '-1'], ['--nonsense']])(
    'refuse %j %j',
    (...args) => {
      expect(() => parsed(...args.filter((arg) => arg !== undefined))).toThrow();
    },
  );

  it('take flags for browsers from the environment', () => {
    const env = { SLUICE_BROWSER_FLAGS: ' --headless=new  --x=1 ' };
    expect(hostOptions({}, env).browserFlags).toEqual(['--headless=new', '--x=1']);
  });
});
