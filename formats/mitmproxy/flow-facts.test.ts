import { describe, expect, it } from 'vitest';
import { tnetstring } from '../testing/tnetstring.ts';
import { flowFacts, flowTimings } from './flow-facts.ts';
import { isMap } from './flow-fields.ts';
import { readTnetstrings, type TnetMap } from './tnetstring.ts';

async function flow(value: unknown): Promise<TnetMap> {
  for await (const read of readTnetstrings([tnetstring(value)])) if (isMap(read)) return read;
  throw new Error('no flow');
}

describe('facts', () => {
  it('have the names of mitmproxy 8 and of mitmproxy 10', async () => {
    const tls = {
      tls_version: 'TLSv1.3',
      timestamp_tls_setup: 1,
      sni: 'a.test',
      alpn: Buffer.from('h2'),
      alpn_offers: [Buffer.from('h2'), Buffer.from('http/1.1')],
    };
    const facts = {
      clientAddress: '127.0.0.1:5000',
      serverAddress: '[2001:db8::1]:443',
      clientTls: {
        version: 'TLSv1.3',
        cipher: 'A',
        alpn: 'h2',
        alpnOffered: ['h2', 'http/1.1'],
        sni: 'a.test',
      },
      serverTls: {
        version: 'TLSv1.3',
        cipher: 'B',
        alpn: 'h2',
        alpnOffered: ['h2', 'http/1.1'],
        sni: 'a.test',
      },
    };
    const old = {
      client_conn: { address: ['127.0.0.1', 5000], cipher_name: 'A', ...tls },
      server_conn: { address: ['a.test', 443], ip_address: ['2001:db8::1', 443], cipher_name: 'B', ...tls },
    };
    const recent = {
      client_conn: { peername: ['127.0.0.1', 5000], cipher: 'A', ...tls },
      server_conn: { address: ['a.test', 443], peername: ['2001:db8::1', 443], cipher: 'B', ...tls },
    };
    expect(flowFacts(await flow(old))).toEqual(facts);
    expect(flowFacts(await flow(recent))).toEqual(facts);
  });

  it('are none where nothing is said, and what is no certificate is left out', async () => {
    expect(flowFacts(await flow({}))).toEqual({});
    const odd = {
      server_conn: { tls_version: 'TLSv1.2', certificate_list: [Buffer.from('nonsense'), 1, null] },
    };
    expect(flowFacts(await flow(odd))).toEqual({ serverTls: { version: 'TLSv1.2' } });
  });
});

describe('timings', () => {
  const request = { timestamp_start: 10, timestamp_end: 10.001 };
  const response = { timestamp_start: 10.05, timestamp_end: 10.06 };

  it('of a connection that was opened for it', async () => {
    const server_conn = { timestamp_start: 10.001, timestamp_tcp_setup: 10.011, timestamp_tls_setup: 10.031 };
    expect(flowTimings(await flow({ request, response, server_conn }))).toEqual({
      connect: 10,
      tls: 20,
      send: 1,
      wait: 19,
      receive: 10,
    });
  });

  it('of one that was there before', async () => {
    const server_conn = { timestamp_start: 5, timestamp_tcp_setup: 6, timestamp_tls_setup: 7 };
    expect(flowTimings(await flow({ request, response, server_conn }))).toEqual({
      send: 1,
      wait: 49,
      receive: 10,
    });
  });

  it('are left out where they are not known, or run backwards', async () => {
    expect(flowTimings(await flow({ request, response: null }))).toEqual({ send: 1 });
    expect(flowTimings(await flow({ request: { timestamp_start: 2, timestamp_end: 1 } }))).toEqual({});
  });
});
