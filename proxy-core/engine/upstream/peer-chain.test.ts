import type { DetailedPeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { PeerChain } from './peer-chain.ts';

function certificate(name: string, issuer?: DetailedPeerCertificate): DetailedPeerCertificate {
  const made = {
    subject: { CN: name },
    issuer: { CN: 'x' },
    valid_from: 'a',
    valid_to: 'b',
    fingerprint256: name,
  };
  const whole = made as unknown as DetailedPeerCertificate;
  whole.issuerCertificate = issuer ?? whole;
  return whole;
}

test('facts are those of the chain, leaf first, ended by the root that is its own issuer', () => {
  const chain = new PeerChain(certificate('leaf', certificate('middle', certificate('root'))));
  expect(chain.facts.map(({ subject }) => subject)).toEqual(['CN=leaf', 'CN=middle', 'CN=root']);
});

test('they are made once', () => {
  const chain = new PeerChain(certificate('leaf'));
  expect(chain.facts).toBe(chain.facts);
  expect(chain.facts).toHaveLength(1);
});

test('a chain without end is cut', () => {
  let top = certificate('0');
  for (let i = 1; i < 50; i += 1) top = certificate(String(i), top);
  expect(new PeerChain(top).facts).toHaveLength(10);
});
