import { describe, expect, it } from 'vitest';
import { clientEnvironment } from './client-environment.ts';

const variables = clientEnvironment({ proxy: '127.0.0.1:8866', caFile: '/data/root.pem' });

describe('the environment of a recorded program', () => {
  it('names the proxy in both cases, as programs differ, and leaves no host out', () => {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'])
      expect(variables[name]).toBe('http://127.0.0.1:8866');
    expect([variables.NO_PROXY, variables.no_proxy]).toEqual(['', '']);
    expect(variables.NODE_USE_ENV_PROXY).toBe('1');
  });

  it('names the certificate for each family of programs, and turns verification off for none', () => {
    const others = /proxy$|^NODE_USE_ENV_PROXY$/i;
    const files = Object.entries(variables).filter(([name]) => !others.test(name));
    expect(files.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'NODE_EXTRA_CA_CERTS',
        'SSL_CERT_FILE',
        'REQUESTS_CA_BUNDLE',
        'GIT_SSL_CAINFO',
      ]),
    );
    for (const [, value] of files) expect(value).toBe('/data/root.pem');
    expect(variables).not.toHaveProperty('NODE_TLS_REJECT_UNAUTHORIZED');
  });
});
