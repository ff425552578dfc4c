import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import { writtenCapture } from '../testing/captures.ts';
import { type CheckOptions, FORMATS, reportChecks } from './report-checks.ts';

let capture: Awaited<ReturnType<typeof writtenCapture>>;
beforeAll(async () => {
  const responseHeaders = WELL_MADE.filter(([name]) => name !== 'X-Content-Type-Options');
  capture = await writtenCapture(makeSession({ id: 1, responseHeaders }));
});
afterAll(() => capture[Symbol.dispose]());

const options = (change: Partial<CheckOptions> = {}): CheckOptions => ({
  format: 'json',
  failOn: 'low',
  threshold: 'medium',
  redact: true,
  out: join(capture.folder, 'out'),
  ...change,
});

describe('reporting checks', () => {
  it('writes the report and answers by the bar', async () => {
    expect(await reportChecks([capture.path], options())).toBe(1);
    expect(readFileSync(join(capture.folder, 'out'), 'utf8')).toContain('"checkId":"content-type-options"');
    expect(await reportChecks([capture.path], options({ failOn: 'high' }))).toBe(2);
  });

  it('has a maker for each form', () => {
    expect(Object.keys(FORMATS)).toEqual(['text', 'json', 'sarif', 'junit', 'markdown', 'html']);
  });

  it.each([
    [{ baseline: '/nowhere' }, 'file-unreadable'],
    [{ findings: '/nowhere' }, 'file-unreadable'],
    [{ login: 'pathh:/x' }, 'filter-syntax'],
  ])('with %j does nothing', async (change, code) => {
    await expect(reportChecks([capture.path], options(change))).rejects.toMatchObject({ code });
  });
});
