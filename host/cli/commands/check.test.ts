import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Finding } from '#model/finding.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import { MAX_CHECKED_MESSAGES } from '#security/check-runner.ts';
import { inCapture, writtenCapture } from '../../testing/captures.ts';
import { jsonLines, sluice } from '../../testing/sluice.ts';

const CARD = '{"card":"4111 1111 1111 1111"}';
let faulty: Awaited<ReturnType<typeof writtenCapture>>;
let clean: typeof faulty;
beforeAll(async () => {
  const data = new Uint8Array(Buffer.from(CARD));
  const message = { direction: 'received' as const, at: 1, opcode: 1, data };
  const ping = { ...message, data: new Uint8Array(Buffer.from('{}')) };
  [faulty, clean] = await Promise.all([
    writtenCapture(
      makeSession({ id: 1, responseHeaders: WELL_MADE, responseBody: CARD }),
      makeSession({ id: 2, responseHeaders: WELL_MADE, responseBody: CARD }),
      makeSession({
        id: 3,
        kind: 'websocket',
        status: 101,
        url: 'https://a.test/live',
        messages: [ping, message],
      }),
      makeSession({
        id: 4,
        kind: 'websocket',
        status: 101,
        messages: Array.from({ length: MAX_CHECKED_MESSAGES + 1 }, () => ping),
      }),
    ),
    writtenCapture(makeSession({ id: 1, responseHeaders: WELL_MADE })),
  ]);
});
afterAll(() => {
  faulty[Symbol.dispose]();
  clean[Symbol.dispose]();
});

describe('sluice check', () => {
  it('lists what it finds, worst first, and says what it did not look at', async () => {
    const { code, out, err } = await sluice('check', faulty.path);
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'high    Personal data  GET https://api.acme.test/orders/{id}  card',
      '        A Visa card number stands in the response body.',
      '        personal-data, sessions 1, 2',
      'high    Personal data  GET https://a.test/live  card',
      '        A Visa card number stands in a message of the server.',
      '        personal-data, session 3',
      '3 findings in 4 sessions',
      expect.stringMatching(/^Of 1 session a part was not checked/),
      '',
    ]);
    expect(err).toBe('');
  });

  it.each([['--json'], ['--format', 'json']])(
    'is a finding a line for programs: %j %j',
    async (...format) => {
      const ran = await sluice('check', faulty.path, ...format);
      const findings = jsonLines(ran).map((line) => Finding.parse(line));
      expect(
        findings.map(({ sessionId, evidence }) => [sessionId, evidence[0]?.part, evidence[0]?.message]),
      ).toEqual([
        [1, 'response-body', undefined],
        [2, 'response-body', undefined],
        [3, 'message', 1],
      ]);
      expect(ran.err).toContain('3 findings in 4 sessions\nOf 1 session a part');
    },
  );

  it('is SARIF for code hosts and editors, into a file', async () => {
    const file = join(faulty.folder, 'out.sarif');
    const ran = await sluice('check', faulty.path, '--format', 'sarif', '--out', file);
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining('3 findings') });
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('4111');
    const [run] = JSON.parse(text).runs;
    expect(run.results).toMatchObject([
      { ruleId: 'personal-data', occurrenceCount: 2 },
      { occurrenceCount: 1 },
    ]);
    expect(run.results[0].webResponse).toMatchObject({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
    });
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true });
  });

  it('ends with 0 when it finds nothing, and changes nothing either way', async () => {
    expect(await sluice('check', clean.path)).toEqual({ code: 0, out: '0 findings in 1 session\n', err: '' });
    expect(await sluice('check', clean.path, '--json')).toMatchObject({ code: 0, out: '' });
    await inCapture(faulty.path, async (store) => expect((await store.totals()).findings).toBe(0));
  });

  it.each([
    [['--format', 'pdf'], 2, '[usage]'],
    [['--json', '--format', 'text'], 2, '[usage]'],
    [['--out', '/nowhere/x'], 3, '[file-unwritable]'],
  ])('with %j ends with %d', async (args, code, err) => {
    expect(await sluice('check', clean.path, ...args)).toMatchObject({
      code,
      err: expect.stringContaining(err),
    });
  });
});

describe('sluice check in CI', () => {
  const file = (name: string, text: string) => {
    const path = join(faulty.folder, name);
    writeFileSync(path, text);
    return path;
  };
  let soft: typeof faulty;
  let empty: typeof faulty;
  beforeAll(async () => {
    const responseHeaders = WELL_MADE.filter(([name]) => name !== 'X-Content-Type-Options');
    [soft, empty] = await Promise.all([
      writtenCapture(makeSession({ id: 1, responseHeaders })),
      writtenCapture(),
    ]);
  });
  afterAll(() => {
    soft[Symbol.dispose]();
    empty[Symbol.dispose]();
  });

  it('ends with 1 at the bar and 2 below it', async () => {
    expect(await sluice('check', soft.path)).toMatchObject({ code: 1 });
    expect(await sluice('check', soft.path, '--fail-on', 'medium')).toMatchObject({ code: 2 });
    expect(await sluice('check', faulty.path, '--fail-on', 'high')).toMatchObject({ code: 1 });
  });

  it('does not call clean what was empty, unless asked to', async () => {
    const ran = await sluice('check', empty.path);
    expect(ran).toMatchObject({ code: 3, out: expect.stringContaining('There was nothing to check') });
    expect(await sluice('check', empty.path, '--allow-empty')).toMatchObject({ code: 0 });
  });

  it('leaves out what a baseline knows', async () => {
    const baseline = join(faulty.folder, 'known.sarif');
    await sluice('check', faulty.path, '--format', 'sarif', '--out', baseline);
    expect(await sluice('check', faulty.path, '--baseline', baseline)).toMatchObject({ code: 0 });
    expect(await sluice('check', soft.path, '--baseline', baseline)).toMatchObject({ code: 1 });
  });

  it.each([
    ['junit', '<testsuites'],
    ['markdown', '# Security checks'],
    ['html', '<!doctype html>'],
  ])('writes %s', async (format, begins) => {
    const { code, out, err } = await sluice('check', faulty.path, '--format', format);
    expect(code).toBe(1);
    expect(out).toContain(begins);
    expect(out).not.toContain('4111');
    expect(err).toContain('3 findings in 4 sessions');
  });

  it.each([
    ['JSON', '{"openapi":"3.0.3","servers":[{"url":"https://api.acme.test"}],"paths":{"/pets":{"get":{}}}}'],
    ['YAML', 'openapi: 3.0.3\nservers:\n  - url: https://api.acme.test\npaths:\n  /pets:\n    get: {}\n'],
  ])('tells of endpoints that an OpenAPI document in %s does not know', async (_, text) => {
    const openapi = file('api', text);
    const ran = await sluice('check', clean.path, '--openapi', openapi, '--json');
    expect(jsonLines(ran)).toMatchObject([{ checkId: 'shadow-endpoint' }]);
  });

  it('holds traffic to a policy', async () => {
    const policy = file('policy', '# what we want\nno status:200\n');
    const ran = await sluice('check', clean.path, '--policy', policy, '--json');
    expect(ran.code).toBe(1);
    expect(jsonLines(ran)).toMatchObject([{ checkId: 'policy', parameter: 'no status:200' }]);
  });

  it('tells more at the low threshold', async () => {
    const responseHeaders = [...WELL_MADE, ['Server', 'nginx'] as [string, string]];
    using quiet = await writtenCapture(makeSession({ id: 1, responseHeaders }));
    expect(jsonLines(await sluice('check', quiet.path, '--json'))).toEqual([]);
    const low = jsonLines(await sluice('check', quiet.path, '--json', '--threshold', 'low'));
    expect(low.map((line) => Finding.parse(line).checkId)).toContain('server-version');
  });

  it('takes filters for logins and logouts, and says what is wrong with one', async () => {
    expect(
      await sluice('check', clean.path, '--login', 'path:/enter', '--logout', 'path:/leave'),
    ).toMatchObject({
      code: 0,
    });
    expect(await sluice('check', clean.path, '--login', 'pathh:/enter')).toMatchObject({
      code: 2,
      err: expect.stringContaining('[filter-syntax]'),
    });
  });

  it.each([
    ['--baseline', 'hello'],
    ['--openapi', '{"a":1}'],
    ['--openapi', 'openapi: 3.0.0'],
  ])('refuses %s that holds %j', async (option, text) => {
    const path = file('wrong', text);
    expect(await sluice('check', clean.path, option, path)).toMatchObject({
      code: 3,
      err: expect.stringContaining('[file-unreadable]'),
    });
  });
});

describe('sluice check --findings', () => {
  it('leaves out what people have said, counts it, and holds what was fixed and is there again', async () => {
    const file = join(faulty.folder, 'sluice.findings.toml');
    const said = (...entries: string[]) =>
      writeFileSync(file, `version = 1\n${entries.map((one) => `[[finding]]\n${one}\n`).join('')}`);
    const rest = 'check = "personal-data"\nendpoint = "GET https://a.test/live"\n';

    said('check = "personal-*"\nstatus = "false-positive"\nreason = "numbers of examples"\n');
    const left = await sluice('check', faulty.path, '--findings', file);
    expect(left).toMatchObject({
      code: 0,
      out: expect.stringContaining('Left out as triaged: 3 false positives.'),
    });

    said(
      'check = "personal-*"\nendpoint = "*/orders/{id}"\nstatus = "accepted"\n',
      `${rest}severity = "info"\n`,
    );
    const soft = await sluice('check', faulty.path, '--findings', file, '--json');
    expect(jsonLines(soft)).toMatchObject([{ severity: 'info', sessionId: 3 }]);
    expect(soft).toMatchObject({ code: 2, err: expect.stringContaining('Left out as triaged: 2 accepted.') });

    said('check = "*"\nstatus = "fixed"\nsince = 2020-01-01T00:00:00Z\n');
    const again = await sluice('check', faulty.path, '--findings', file);
    expect(again.code).toBe(1);
    expect(again.out).toContain('It was marked as fixed on 2020-01-01 and is seen again.');
    expect(again.out).toContain('3 findings marked as fixed are seen again.');

    said('chekc = "x"\n');
    const wrong = await sluice('check', faulty.path, '--findings', file);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/toml:3: chekc.*\[bad-findings\]/) });
  });
});
