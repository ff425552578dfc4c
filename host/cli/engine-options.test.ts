import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { type EngineCliOptions, engineSettings, withEngineOptions } from './engine-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-options-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const settings = (args: string[], env: NodeJS.ProcessEnv = {}) => {
  const command = withEngineOptions(new Command()).exitOverride();
  return engineSettings(command.parse(args, { from: 'user' }).opts<EngineCliOptions>(), env);
};

describe('options', () => {
  it('say nothing when none is given', () => {
    expect(settings([])).toEqual({ inbound: {}, upstream: {}, protocol: {} });
  });

  it('of protocols', () => {
    expect(
      settings(['--http2', 'OFF', '--via', '--strip-alt-svc', '--lenient', 'a.test,b.test']).protocol,
    ).toEqual({
      http2: 'off',
      via: true,
      stripAltSvc: true,
      lenient: ['a.test', 'b.test'],
    });
  });

  it('of clients', () => {
    const args = [
      '--passthrough',
      'a.test, *.b.test',
      '--passthrough',
      'c.test',
      '--pass-refused',
      '--proxy-auth',
      'me:a:b',
    ];
    expect(settings(args).inbound).toEqual({
      passthrough: ['a.test', '*.b.test', 'c.test'],
      passRefused: true,
      credentials: { username: 'me', password: 'a:b' },
    });
  });

  it('of listeners that stand for an origin', () => {
    expect(settings(['--reverse', '9000=https://a.test', '--reverse', 'b.test:81']).inbound.reverse).toEqual([
      { origin: 'https://a.test', port: 9000 },
      { origin: 'https://b.test:81', port: 0 },
    ]);
  });

  it('of the way out', () => {
    const args = [
      '--upstream-proxy',
      'socks5://u:p@proxy.test',
      '--bypass',
      '10.0.0.0/8',
      '--min-tls',
      'tlsv1.3',
    ];
    expect(settings(args).upstream).toEqual({
      proxy: { scheme: 'socks5', host: 'proxy.test', port: 1080, username: 'u', password: 'p' },
      bypass: ['10.0.0.0/8'],
      minTlsVersion: 'TLSv1.3',
    });
    const env = { HTTPS_PROXY: 'http://p.test:3128', NO_PROXY: 'x.test' };
    expect(settings(['--upstream-proxy', 'environment', '--bypass', 'y.test'], env).upstream).toMatchObject({
      proxyFor: { https: { host: 'p.test', port: 3128 } },
      bypass: ['x.test', '*.x.test', 'y.test'],
    });
  });

  it('of client certificates: PEM as text, all else as PKCS#12', () => {
    const pem = join(folder, 'client.pem');
    const pfx = join(folder, 'client.p12');
    writeFileSync(pem, '-----BEGIN CERTIFICATE-----\n');
    writeFileSync(pfx, Buffer.from([1, 2, 3]));
    const [first, second] =
      settings(['--client-cert', `a.test=${pem}`, '--client-cert', `*.b.test=${pfx}:word`]).upstream
        .clientCertificates ?? [];
    expect(first).toMatchObject({ host: 'a.test', cert: '-----BEGIN CERTIFICATE-----\n' });
    expect(second).toMatchObject({ host: '*.b.test', passphrase: 'word', pfx: Buffer.from([1, 2, 3]) });
  });

  it('of the key log: appended, for the user alone', async () => {
    const file = join(folder, 'keys.log');
    const { keylog } = settings(['--keylog', file]).upstream;
    keylog?.(Buffer.from('CLIENT_RANDOM a b\n'));
    await expect.poll(() => readFileSync(file, 'utf8')).toBe('CLIENT_RANDOM a b\n');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('mistakes are refused with a sentence', () => {
  it.each([
    [['--http2', 'sometimes'], 'usage', /mirror, off, always/],
    [['--min-tls', '1.2'], 'usage', /TLSv1.2/],
    [['--proxy-auth', 'nobody'], 'usage', /user:password/],
    [['--client-cert', 'file.pem'], 'usage', /host=file/],
    [['--client-cert', 'a.test=missing.pem'], 'file-unreadable', /missing.pem/],
    [['--upstream-proxy', 'ftp://x'], 'usage', /upstream proxy/],
  ])('%j', (args, code, text) => {
    expect(() => settings(args)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(text) }),
    );
  });
});
