import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { run } from './testing/temp-authority.ts';
import { shellWord, type TrustOptions, trustInstructions } from './trust-instructions.ts';

const HERE: TrustOptions = {
  certificateFile: '/home/mia/.local/share/sluice/authority/sluice-ca.pem',
  certificateUrl: 'http://sluice.cert/',
  proxy: '127.0.0.1:8866',
};

const stepsFor = (system: string, options: TrustOptions) =>
  trustInstructions(options)
    .filter((one) => one.system.startsWith(system))
    .flatMap((one) => one.steps)
    .join('\n');

test('every system that clients run on has steps', () => {
  const systems = trustInstructions(HERE)
    .map((one) => one.system)
    .join(', ');
  for (const name of [
    'Windows',
    'macOS',
    'Debian',
    'Fedora',
    'Firefox',
    'iOS',
    'Android',
    'Java',
    'Node',
    'Python',
    'curl',
  ]) {
    expect(systems).toContain(name);
  }
});

test('each has at least one step with something to type, open or choose, and backticks in pairs', () => {
  for (const { system, steps } of trustInstructions(HERE)) {
    expect(steps.join(''), system).toContain('`');
    for (const step of steps) {
      expect(step.split('`').length % 2, step).toBe(1);
      expect(step).toMatch(/[.…]$/);
    }
  }
});

test.each([
  ['linux', 'Linux'],
  ['darwin', 'macOS'],
  ['win32', 'Windows'],
] as const)('on %s its own steps come first and name the real file', (platform, system) => {
  const options = { ...HERE, platform };
  expect(trustInstructions(options)[0]?.system).toContain(system);
  expect(stepsFor(system, options)).toContain(HERE.certificateFile);
  expect(stepsFor(system, options)).not.toContain('Download');
  expect(stepsFor('curl', options)).toContain(
    `--cacert ${platform === 'win32' ? '"' : ''}${HERE.certificateFile}`,
  );
});

test('steps for another system download the file, because the path is not there', () => {
  const windows = stepsFor('Windows', { ...HERE, platform: 'linux' });
  expect(windows).toContain('Download `http://sluice.cert/sluice.pem`');
  expect(windows).not.toContain('/home/mia');
});

test('for a reader who may be anywhere no path of this machine is named', () => {
  expect(JSON.stringify(trustInstructions(HERE))).not.toContain('/home/mia');
});

test('proxy host and port stand apart where a program wants them apart, IPv6 without brackets', () => {
  const java = stepsFor('Java', { ...HERE, proxy: '[fd00::1]:8866' });
  expect(java).toContain('-Dhttps.proxyHost=fd00::1 -Dhttps.proxyPort=8866');
  expect(stepsFor('Java', HERE)).toContain('-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=8866');
  expect(stepsFor('iOS', HERE)).toContain('`127.0.0.1:8866`');
});

test('environment variables are set in the words of the reader’s shell', () => {
  expect(stepsFor('Node', { ...HERE, platform: 'linux' })).toContain(
    `export NODE_EXTRA_CA_CERTS=${HERE.certificateFile}`,
  );
  const windows = { ...HERE, platform: 'win32', certificateFile: 'C:\\Users\\Mia M\\sluice-ca.pem' } as const;
  expect(stepsFor('Node', windows)).toContain('set "NODE_EXTRA_CA_CERTS=C:\\Users\\Mia M\\sluice-ca.pem"');
});

test('a path with spaces and quotes is one word', () => {
  const path = "/home/mia m/it's $HOME/ca.pem";
  expect(stepsFor('curl', { ...HERE, platform: 'linux', certificateFile: path })).toContain(
    "'/home/mia m/it'\\''s $HOME/ca.pem'",
  );
  expect(shellWord('/plain/path-1.pem')).toBe('/plain/path-1.pem');
  expect(shellWord('')).toBe("''");
});

test('a shell reads back any word that was quoted', async () => {
  const word = fc.string({ unit: fc.constantFrom(...`aZ9 '"\\$!*?;&|<>()~#\n\tü`), maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(word, async (text) => {
      const { stdout } = await run('sh', ['-c', `printf %s ${shellWord(text)}`]);
      expect(stdout).toBe(text);
    }),
    { numRuns: 40 },
  );
});

test('the result can be changed by whoever gets it without changing the next', () => {
  trustInstructions(HERE)[0]?.steps.push('more');
  expect(JSON.stringify(trustInstructions(HERE))).not.toContain('"more"');
});
