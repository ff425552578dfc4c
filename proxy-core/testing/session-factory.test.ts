import { describe, expect, it } from 'vitest';
import { Session } from '#model/session.ts';
import { eventsOf, makeSession } from './session-factory.ts';

describe('makeSession', () => {
  it('makes a session that the vocabulary accepts', () => {
    const full = makeSession();
    expect(Session.parse(full.session)).toEqual(full.session);
    expect(full.session.row).toMatchObject({
      state: 'completed',
      status: 200,
      host: 'api.acme.test',
      mime: 'application/json',
      responseBodySize: full.responseBody.length,
      durationMs: 20,
    });
  });

  it('keeps body, size and completeness in step with what is overridden', () => {
    const full = makeSession({ requestBody: 'caf\u00e9', status: null, state: 'client-aborted' });
    expect(full.session.row).toMatchObject({
      requestBodySize: 5,
      responseBodySize: 0,
      state: 'client-aborted',
    });
    expect(full.session.response).toBeUndefined();
    expect(full.responseBody).toHaveLength(0);
    expect(makeSession({ state: 'server-aborted' }).session.response?.body.complete).toBe(false);
  });

  it('fails when given a failure, and stays open when asked', () => {
    const failure = { code: 'timeout' as const, detail: 'No answer in time.' };
    expect(makeSession({ failure, status: null }).session.row).toMatchObject({
      state: 'failed',
      error: 'timeout',
    });
    expect([...eventsOf(makeSession({ state: 'active' }))].some((event) => event.type === 'end')).toBe(false);
  });

  it('carries what people add', () => {
    expect(makeSession({ mark: 2, comment: 'look' }).session.row).toMatchObject({ mark: 2, comment: 'look' });
  });
});
