import { testCheck } from '../testing/test-check.ts';
import { tlsWeakUpstream } from './tls-weak-upstream.ts';

const DAY = 24 * 3_600_000;
const NOW = 1_750_000_000_000;
const iso = (ms: number) => new Date(ms).toISOString();
const CERTIFICATE = {
  subject: 'CN=api.acme.test',
  issuer: 'CN=Some Authority',
  validFrom: iso(NOW - 30 * DAY),
  validTo: iso(NOW + 30 * DAY),
  fingerprint256: '00',
  altNames: 'DNS:api.acme.test, DNS:*.eu.acme.test',
};
const over = (serverTls: object, url = 'https://api.acme.test/x') => ({ url, facts: { serverTls } });
const GOOD = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', chain: [CERTIFICATE] };

testCheck(tlsWeakUpstream, {
  tellsValue: true,
  finds: [
    over({ ...GOOD, version: 'TLSv1.1', cipher: 'ECDHE-RSA-AES128-SHA' }),
    over({ ...GOOD, version: 'TLSv1.2', cipher: 'ECDHE-RSA-RC4-SHA' }),
    over({ ...GOOD, version: 'TLSv1.2', cipher: 'AES128-GCM-SHA256' }),
    over({ ...GOOD, chain: [{ ...CERTIFICATE, validTo: iso(NOW - DAY) }] }),
    over({ ...GOOD, chain: [{ ...CERTIFICATE, issuer: CERTIFICATE.subject }] }),
    over(GOOD, 'https://other.test/x'),
  ],
  passes: [
    over(GOOD),
    over({ ...GOOD, version: 'TLSv1.2', cipher: 'ECDHE-ECDSA-CHACHA20-POLY1305' }),
    over(GOOD, 'https://a.eu.acme.test/x'),
    over({ version: 'TLSv1.2', cipher: 'DHE-RSA-AES256-GCM-SHA384' }),
    {},
    over({}),
  ],
});
