import { beforeAll, expect, test } from 'vitest';
import { newRoot, type Root } from '#certs/root-certificate.ts';
import type { UpstreamSettings } from '../settings.ts';
import { ConnectContext, type ConnectOptions } from './connect-context.ts';

let root: Root;
beforeAll(async () => {
  root = await newRoot('own', new Date());
});

const context = (options: Partial<ConnectOptions> = {}) =>
  new ConnectContext({
    authority: { certificatePem: root.certificate.toString() },
    upstreamCa: [],
    ownPorts: () => [8866],
    timeouts: { connect: 1234 },
    ...options,
  });

test('it hands on what connecting needs', () => {
  const keylog = () => {};
  const lookup = () => {};
  const made = context({ lookup, upstream: { keylog } });
  expect(made).toMatchObject({ timeout: 1234, keylog, lookup });
  expect(made.ownPorts()).toEqual([8866]);
  expect(made.routeTo({ scheme: 'http', host: 'a.test', port: 80, alpn: [] })).toEqual({});
  expect(made.tlsFor(['a.test'], 443).http1Only).toBe(false);
});

test('each context has sessions of its own: others were made under other settings', () => {
  expect(context().sessions).not.toBe(context().sessions);
});

test('settings that cannot be used are refused at once', () => {
  const refused = (upstream: UpstreamSettings) =>
    expect(() => context({ upstream })).toThrow(expect.objectContaining({ code: 'usage' }));
  refused({ proxy: { scheme: 'http', host: '', port: 1 } });
  refused({ bypass: ['a b'] });
  refused({ clientCertificates: [{ host: 'a.test' }] });
});
