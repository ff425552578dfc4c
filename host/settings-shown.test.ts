import { describe, expect, it } from 'vitest';
import { settingsShown } from './settings-shown.ts';

describe('the settings of a run', () => {
  it('are the defaults where nothing was asked for', () => {
    expect(settingsShown({})).toEqual({
      listensOn: '127.0.0.1',
      lan: false,
      asksPassword: false,
      upstreamProxies: [],
      bypass: [],
      passthrough: [],
      passRefused: false,
      minTls: 'TLSv1.2',
      clientCertificates: [],
      upstreamCaFiles: [],
      http2: 'mirror',
      stripAltSvc: false,
      lenient: [],
    });
  });

  it('are shown without passwords and keys', () => {
    const shown = settingsShown({
      host: '0.0.0.0',
      upstreamCaFiles: ['/tmp/ca.pem'],
      settings: {
        inbound: { credentials: { username: 'me', password: 'secret-1' }, passthrough: ['*.bank.test'] },
        upstream: {
          proxy: { scheme: 'http', host: 'proxy.test', port: 3128, username: 'u', password: 'secret-2' },
          proxyFor: { https: { scheme: 'socks5', host: '::1', port: 1080 } },
          clientCertificates: [{ host: 'a.test', key: 'secret-3', passphrase: 'secret-4' }],
          minTlsVersion: 'TLSv1.3',
        },
        protocol: { stripAltSvc: true },
      },
    });
    expect(JSON.stringify(shown)).not.toContain('secret');
    expect(shown).toMatchObject({
      lan: true,
      asksPassword: true,
      upstreamProxies: ['http://…@proxy.test:3128', 'https: socks5://[::1]:1080'],
      passthrough: ['*.bank.test'],
      clientCertificates: ['a.test'],
      minTls: 'TLSv1.3',
      stripAltSvc: true,
    });
  });
});
