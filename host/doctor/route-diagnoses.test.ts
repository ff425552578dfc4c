import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '#model/contract/doctor.ts';
import type { RunFacts } from './facts.ts';
import {
  clockWrong,
  http3Around,
  httpsNotProxied,
  localhostBypassed,
  nothingArrives,
  otherProxyBefore,
  otherProxyBehind,
} from './route-diagnoses.ts';
import { facts, NOW, refusal, seen } from './testing.ts';

const ids = (look: (given: RunFacts) => Diagnosis[], given: Partial<RunFacts>) =>
  look(facts(given)).map(({ id }) => id);

describe('HTTP/3', () => {
  const offer = seen({
    host: 'cdn.test',
    altSvc: 'h3=":443"; ma=86400, h2=":443"',
    userAgent: 'Mozilla/5.0',
  });

  it('is a way around that browsers are told of', () => {
    const [one] = http3Around(facts({ exchanges: [offer, seen()] }));
    expect(one).toMatchObject({ id: 'http3-around', severity: 'hint', hosts: ['cdn.test'] });
    expect(one?.text).toContain('UDP port 443');
    expect(one?.fixes[0]).toEqual({ kind: 'strip-alt-svc' });
  });

  it('is none where the offer is taken out, for other versions, and for programs that do not take it', () => {
    expect(ids(http3Around, { exchanges: [offer], stripsAltSvc: true })).toEqual([]);
    expect(
      ids(http3Around, { exchanges: [seen({ altSvc: 'h2=":443"', userAgent: 'Mozilla/5.0' })] }),
    ).toEqual([]);
    expect(ids(http3Around, { exchanges: [{ ...offer, userAgent: 'curl/8' }] })).toEqual([]);
  });
});

describe('localhost', () => {
  it('is bypassed when a page on it asks others through the proxy and itself never', () => {
    const page = seen({ page: 'localhost' });
    expect(ids(localhostBypassed, { exchanges: [page] })).toEqual(['localhost-bypassed']);
    expect(ids(localhostBypassed, { exchanges: [page, seen({ host: '127.0.0.1' })] })).toEqual([]);
  });

  it('is bypassed by NO_PROXY, once anything comes at all', () => {
    const environment = { no_proxy: 'localhost,127.0.0.1, .corp' };
    expect(ids(localhostBypassed, { environment, exchanges: [seen()] })).toEqual(['localhost-bypassed']);
    expect(ids(localhostBypassed, { environment })).toEqual([]);
    expect(ids(localhostBypassed, { environment: { no_proxy: '.corp' }, exchanges: [seen()] })).toEqual([]);
  });
});

describe('silence', () => {
  const quiet = { startedAt: NOW - 30_000 };
  it('is told after a while, unless nothing is to be captured', () => {
    expect(ids(nothingArrives, quiet)).toEqual(['nothing-arrives']);
    expect(ids(nothingArrives, {})).toEqual([]);
    expect(ids(nothingArrives, { ...quiet, capturing: false })).toEqual([]);
    expect(ids(nothingArrives, { ...quiet, exchanges: [seen()] })).toEqual([]);
    expect(ids(nothingArrives, { ...quiet, refusals: [refusal()] })).toEqual([]);
  });
});

describe('plain requests alone', () => {
  const plain = Array.from({ length: 5 }, () => seen({ decrypted: false }));
  it('mean that https has a setting of its own', () => {
    expect(ids(httpsNotProxied, { exchanges: plain })).toEqual(['https-not-proxied']);
    expect(ids(httpsNotProxied, { exchanges: plain.slice(1) })).toEqual([]);
    expect(ids(httpsNotProxied, { exchanges: [...plain, seen()] })).toEqual([]);
    expect(ids(httpsNotProxied, { exchanges: plain, refusals: [refusal()] })).toEqual([]);
    expect(ids(httpsNotProxied, { exchanges: plain.map((one) => ({ ...one, host: 'localhost' })) })).toEqual(
      [],
    );
  });
});

describe('another proxy', () => {
  it('before us says so in what it sends', () => {
    const [one] = otherProxyBefore(facts({ exchanges: [seen({ forwarded: 'via: 1.1 corp' })] }));
    expect(one?.text).toContain('via: 1.1 corp');
    expect(ids(otherProxyBefore, { exchanges: [seen()] })).toEqual([]);
  });

  it('behind us is known by who signs', () => {
    const signed = seen({ issuer: 'O=Zscaler Inc., CN=Zscaler Root CA', error: 'tls-untrusted' });
    expect(ids(otherProxyBehind, { exchanges: [signed] })).toEqual(['other-proxy-behind']);
    expect(ids(otherProxyBehind, { exchanges: [seen()] })).toEqual([]);
  });

  it('behind us is needed where the environment names one and origins are out of reach', () => {
    const environment = { https_proxy: 'http://proxy.corp:3128' };
    const lost = [seen({ error: 'timeout' })];
    expect(ids(otherProxyBehind, { environment, exchanges: lost })).toEqual(['other-proxy-behind']);
    expect(ids(otherProxyBehind, { environment, exchanges: [seen()] })).toEqual([]);
    expect(ids(otherProxyBehind, { environment, exchanges: lost, hasUpstreamProxy: true })).toEqual([]);
    // The one it names is us.
    const own = { https_proxy: 'http://localhost:8866' };
    expect(ids(otherProxyBehind, { environment: own, exchanges: lost })).toEqual([]);
  });
});

describe('the clock', () => {
  const from = (minutes: number, ...hosts: string[]) =>
    hosts.map((host) => seen({ host, aheadMs: minutes * 60_000 }));

  it('is wrong when origins agree that it is', () => {
    const [one] = clockWrong(facts({ exchanges: from(60, 'a', 'b', 'c') }));
    expect(one?.text).toContain('60 minutes later than here');
    expect(clockWrong(facts({ exchanges: from(-12, 'a', 'b', 'c') }))[0]?.text).toContain(
      '12 minutes earlier',
    );
  });

  it('is not wrong because one origin’s is, nor for some seconds', () => {
    expect(ids(clockWrong, { exchanges: from(60, 'a', 'a', 'a') })).toEqual([]);
    expect(ids(clockWrong, { exchanges: [...from(60, 'a'), ...from(0, 'b', 'c')] })).toEqual([]);
    expect(ids(clockWrong, { exchanges: from(1, 'a', 'b', 'c') })).toEqual([]);
  });

  it('may be the client’s: it finds certificates expired', () => {
    const [one] = clockWrong(
      facts({ refusals: [refusal({ alert: 'certificate_expired', host: 'x.test' })] }),
    );
    expect(one).toMatchObject({ id: 'clock-wrong', hosts: ['x.test'] });
  });
});
