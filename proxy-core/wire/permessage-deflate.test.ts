import { describe, expect, it } from 'vitest';
import { deflateAgreement } from './permessage-deflate.ts';

const takeover = { noContextTakeover: false, windowBits: 15 };

describe('deflateAgreement', () => {
  it.each([undefined, '', ' ', 'x-webkit-deflate-frame', 'permessage-deflatex', 'x; permessage-deflate'])(
    'finds none in %j',
    (extensions) => expect(deflateAgreement(extensions)).toBeUndefined(),
  );

  it.each(['permessage-deflate', ' Permessage-Deflate ;', 'x-other; a=b, permessage-deflate'])(
    'finds the plain one in %j',
    (extensions) => expect(deflateAgreement(extensions)).toEqual({ client: takeover, server: takeover }),
  );

  it('reads the parameters of either side', () => {
    expect(
      deflateAgreement('permessage-deflate; server_no_context_takeover; client_max_window_bits=10'),
    ).toEqual({
      client: { noContextTakeover: false, windowBits: 10 },
      server: { noContextTakeover: true, windowBits: 15 },
    });
    expect(
      deflateAgreement('permessage-deflate;Client_No_Context_Takeover;server_max_window_bits = "8"'),
    ).toEqual({
      client: { noContextTakeover: true, windowBits: 15 },
      server: { noContextTakeover: false, windowBits: 8 },
    });
  });

  it.each(['', '=', '=7', '=16', '=015', '=9.5', '="12', '=-9', '=1e1'])(
    'takes window bits %j for absent',
    (bits) => {
      expect(deflateAgreement(`permessage-deflate; server_max_window_bits${bits}`)?.server).toEqual(takeover);
    },
  );

  it('goes by the first of two, as the peers must', () => {
    const both = 'permessage-deflate; client_no_context_takeover, permessage-deflate';
    expect(deflateAgreement(both)?.client.noContextTakeover).toBe(true);
  });

  it('takes what belongs to another extension for that one', () => {
    const both = 'x; client_no_context_takeover, permessage-deflate';
    expect(deflateAgreement(both)?.client.noContextTakeover).toBe(false);
  });

  it('reads hostile values in linear time', () => {
    const started = performance.now();
    deflateAgreement(`permessage-deflate${';"=,'.repeat(50_000)}`);
    deflateAgreement(`permessage-deflate; a="${'"'.repeat(200_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
