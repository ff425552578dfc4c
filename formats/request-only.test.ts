import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Losses } from './losses.ts';
import { addRequestsOnly, writesRequest } from './request-only.ts';

function said(overrides: SessionOverrides) {
  const losses = new Losses();
  const writes = writesRequest(makeSession(overrides), losses);
  losses.settle(1);
  return { writes, lost: losses.report().losses.map(({ what }) => what) };
}

describe('a session as a request alone', () => {
  it('loses nothing when it is a plain one', () => {
    expect(said({ method: 'POST', requestBody: 'x' })).toEqual({ writes: true, lost: [] });
  });

  it('loses trailers and messages', () => {
    expect(said({ requestTrailers: [['A', 'b']] }).lost).toEqual(['trailers of the request']);
    expect(said({ kind: 'websocket' })).toEqual({ writes: true, lost: ['WebSocket messages'] });
  });

  it('is none where nothing is known of it', () => {
    expect(said({ kind: 'tunnel', url: 'https://a.test/' })).toEqual({
      writes: false,
      lost: ['tunnel, which has no request'],
    });
  });
});

it('says once for a file what it is not', () => {
  const losses = new Losses();
  addRequestsOnly(losses);
  expect(losses.report().losses).toEqual([
    { session: 0, what: 'responses, timings and messages: requests alone are written' },
  ]);
});
