import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture } from '../testing/captures.ts';
import { ruleFromSession } from './rule-from-session.ts';

const url = 'https://api.acme.test/v1/users?page=2';

describe('a rule from a session', () => {
  it('answers that very request as it was answered', async () => {
    const responseHeaders: [string, string][] = [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
      ['Date', 'then'],
    ];
    await using capture = await openTestCapture(
      makeSession({
        id: 1,
        url,
        method: 'POST',
        status: 201,
        responseHeaders,
        responseBody: gzipSync('{"a":1}'),
      }),
    );
    const rule = await ruleFromSession(capture.store, 1, join(capture.folder, 'r.yaml'), new Set());
    expect(rule).toEqual({
      name: 'POST api.acme.test/v1/users?page=2',
      enabled: true,
      when: { url: { exact: url }, request: 'method=POST' },
      actions: [
        {
          action: 'answer',
          status: 201,
          headers: { 'Content-Type': 'application/json', Date: 'then' },
          body: '{"a":1}',
        },
      ],
    });
  });

  it('keeps a body that is no text in a file beside the rules', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    await using capture = await openTestCapture(makeSession({ id: 1, url, responseBody: bytes }));
    const rule = await ruleFromSession(capture.store, 1, join(capture.folder, 'r.yaml'), new Set());
    const [action] = rule.actions;
    if (action?.action !== 'answer' || action.file === undefined) throw new Error('a file');
    expect(readFileSync(join(capture.folder, action.file))).toEqual(bytes);
  });

  it('has a name of its own, and fields that come twice', async () => {
    const responseHeaders: [string, string][] = [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ];
    await using capture = await openTestCapture(makeSession({ id: 1, url, responseHeaders }));
    const taken = new Set([`GET api.acme.test/v1/users?page=2`]);
    const rule = await ruleFromSession(capture.store, 1, join(capture.folder, 'r.yaml'), taken);
    expect(rule.name).toBe('GET api.acme.test/v1/users?page=2 (2)');
    expect(rule.actions[0]).toMatchObject({ headers: responseHeaders });
  });

  it('needs a whole answer', async () => {
    await using capture = await openTestCapture(
      makeSession({ id: 1, url, status: null, failure: { code: 'dns', detail: '' } }),
    );
    await expect(ruleFromSession(capture.store, 1, '/r.yaml', new Set())).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(ruleFromSession(capture.store, 9, '/r.yaml', new Set())).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
