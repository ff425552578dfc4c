import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { PausedResolution } from '#model/rules/paused.ts';
import { RuleSet } from '#model/rules/rule.ts';
import type { RuleTouch } from '#model/rules/touch.ts';
import { makeTarget } from '../engine/target.ts';
import { ActionError } from './action-error.ts';
import { compileRules } from './compile-rule.ts';
import { draftRequest, draftResponse } from './drafts.ts';
import { GO, runSteps, type StepEnvironment } from './run-steps.ts';

function world(
  options: { body?: Buffer | ActionError; resolution?: PausedResolution; attended?: boolean } = {},
) {
  const request = draftRequest(
    { method: 'POST', target: '/', httpVersion: 'HTTP/1.1', headers: [['A', '1']] },
    makeTarget('http', { host: 'a', port: 80 }, '/'),
  );
  const said: { touches: RuleTouch[]; failures: string[]; notes: unknown[]; slept: number; paused: number } =
    { touches: [], failures: [], notes: [], slept: 0, paused: 0 };
  const environment: StepEnvironment = {
    request,
    session: 0,
    hasBody: options.body !== undefined,
    attended: options.attended ?? true,
    collect: async () => {
      if (options.body instanceof Buffer) return options.body;
      throw options.body ?? new ActionError('none');
    },
    sleep: async (ms) => {
      said.slept += ms;
    },
    pause: async () => {
      said.paused += 1;
      return options.resolution ?? { kind: 'go' };
    },
    touched: (touch) => said.touches.push(touch),
    failed: (rule) => said.failures.push(rule),
    note: (note) => said.notes.push(note),
    throttle: (network) => said.notes.push(network),
    detour: (detour) => said.notes.push(detour),
  };
  return { request, said, environment };
}
function steps(side: 'request' | 'response', ...actions: object[]) {
  const result = compileRules(RuleSet.parse({ version: 1, rules: [{ name: 'r', actions }] }), {
    folder: '/',
    session: async () => undefined,
  });
  if (!result.ok || !result.rules[0]) throw new Error(JSON.stringify(result));
  return result.rules[0][side].map((step) => ({ ...step, rest: '' }));
}
const response = () => draftResponse({ httpVersion: 'HTTP/1.1', status: 200, reason: 'OK', headers: [] });

describe('steps', () => {
  it('on heads take no turn of the event loop', () => {
    const { request, environment, said } = world();
    const verdict = runSteps(
      steps(
        'request',
        { action: 'set-header', name: 'A', value: '2' },
        { action: 'set-header', name: 'A', value: '2' },
      ),
      request,
      environment,
    );
    expect(verdict).toBe(GO);
    expect(request.headers).toEqual([['A', '2']]);
    // The second changed nothing and says nothing.
    expect(said.touches).toEqual([
      {
        rule: 'r',
        action: 'set A of the request to "2"',
        changes: [{ part: 'request header A', before: '1', after: '2' }],
      },
    ]);
  });

  it('on bodies see them decoded, once', async () => {
    const { request, environment } = world({ body: gzipSync('a-b') });
    request.headers.push(['Content-Encoding', 'gzip']);
    await runSteps(
      steps(
        'request',
        { action: 'replace-body', find: 'a', with: 'x' },
        { action: 'replace-body', find: 'b', with: 'y' },
      ),
      request,
      environment,
    );
    expect([request.content?.toString(), request.contentChanged]).toEqual(['x-y', true]);
    expect(gunzipSync(gzipSync('a-b')).toString()).toBe('a-b');
  });

  it('that fail leave all as it was, are told and counted, and the next is done', async () => {
    const { request, environment, said } = world({ body: Buffer.from('not json') });
    const verdict = await runSteps(
      steps('request', { action: 'json-set', path: '$.a', value: 1 }, { action: 'delay', ms: 7 }),
      request,
      environment,
    );
    expect(verdict).toEqual(GO);
    expect(request.contentChanged).toBe(false);
    expect(said.failures).toEqual(['r']);
    expect(said.touches[0]).toMatchObject({ changes: [], problem: 'The body is not JSON.' });
    expect(said.slept).toBe(7);
  });

  it('that want a body which cannot be had fail too', async () => {
    const { request, environment, said } = world({ body: new ActionError('The body is larger than that.') });
    await runSteps(steps('request', { action: 'set-body', body: 'x' }), request, environment);
    expect(said.touches[0]?.problem).toBe('The body is larger than that.');
    const none = world();
    await runSteps(
      steps('response', { action: 'set-body', in: 'response', body: 'x' }),
      response(),
      none.environment,
    );
    expect(none.said.touches[0]?.problem).toBe('The response has no body.');
  });

  it('that answer, or cut, end the list', async () => {
    const { request, environment, said } = world();
    const verdict = await runSteps(
      steps('request', { action: 'block', status: 451 }, { action: 'delay', ms: 5 }),
      request,
      environment,
    );
    expect(verdict).toMatchObject({ kind: 'answer', answer: { status: 451 } });
    expect(said.slept).toBe(0);
    expect(runSteps(steps('request', { action: 'reset' }), request, environment)).toEqual({
      kind: 'reset',
      rule: 'r',
    });
  });

  it('that note and set ways say so', () => {
    const { request, environment, said } = world();
    runSteps(
      steps(
        'request',
        { action: 'mark', mark: 2 },
        { action: 'throttle', latency: 3 },
        { action: 'upstream-proxy', proxy: 'direct' },
      ),
      request,
      environment,
    );
    expect(said.notes).toEqual([{ mark: 2 }, { latency: 3 }, { key: 'direct', proxy: 'direct' }]);
    expect(said.touches).toHaveLength(3);
  });
});

describe('a break', () => {
  const pause = (at: 'request' | 'response') => steps(at, { action: 'break', at });

  it('is nothing where nobody could say how it goes on', () => {
    const { request, environment, said } = world({ attended: false });
    expect(runSteps(pause('request'), request, environment)).toBe(GO);
    expect([said.paused, said.touches]).toEqual([0, []]);
  });

  it('takes over what was edited', async () => {
    const resolution: PausedResolution = {
      kind: 'go',
      method: 'PUT',
      url: 'https://b/x',
      headers: [['B', '2']],
      content: new Uint8Array(Buffer.from('new')),
    };
    const { request, environment, said } = world({ body: Buffer.from('old'), resolution });
    expect(await runSteps(pause('request'), request, environment)).toEqual(GO);
    expect(request).toMatchObject({
      method: 'PUT',
      headers: [['B', '2']],
      contentChanged: true,
      target: { url: 'https://b/x' },
    });
    expect(said.touches[0]?.changes.map(({ part }) => part)).toContain('request body');
  });

  it('leaves a body alone that came back as it was', async () => {
    const { environment } = world({
      body: Buffer.from('same'),
      resolution: { kind: 'go', status: 201, content: new Uint8Array(Buffer.from('same')) },
    });
    const draft = response();
    await runSteps(pause('response'), draft, environment);
    expect(draft).toMatchObject({ status: 201, reason: '', contentChanged: false });
  });

  it('may answer or drop', async () => {
    const answered = world({ resolution: { kind: 'answer', status: 404, headers: [['X', 'y']] } });
    expect(await runSteps(pause('request'), answered.request, answered.environment)).toMatchObject({
      kind: 'answer',
      answer: { status: 404, headers: [['X', 'y']] },
    });
    const dropped = world({ resolution: { kind: 'drop' } });
    expect(await runSteps(pause('request'), dropped.request, dropped.environment)).toEqual({
      kind: 'close',
      rule: 'r',
    });
  });

  it('has no body where that cannot be had', async () => {
    const { request, environment, said } = world({ body: new ActionError('too large') });
    expect(await runSteps(pause('request'), request, environment)).toEqual(GO);
    expect([said.paused, request.content]).toEqual([1, undefined]);
  });
});
