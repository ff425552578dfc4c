import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openTestCapture } from '../testing/captures.ts';
import { redactedFindings } from './redacted-findings.ts';

const SECRET = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const finding = (sessionId: number, more: Partial<Finding>): Finding => ({
  checkId: 'x',
  sessionId,
  severity: 'low',
  confidence: 'high',
  title: 'Something',
  detail: 'It is so.',
  endpoint: 'GET a.test/orders/{id}',
  parameter: 'id',
  evidence: [],
  ...more,
});

describe('findings that are given away', () => {
  it('have no secret of their sessions in their words, and no number that another report would not have', async () => {
    await using capture = await openTestCapture(
      makeSession({ id: 1, responseBody: `{"token":"${SECRET}"}` }),
      makeSession({ id: 2 }),
    );
    const given = [
      finding(1, { endpoint: `GET a.test/reset/${SECRET}` }),
      finding(1, { detail: `The cookie ${SECRET} is set.`, parameter: SECRET }),
      finding(2, {}),
    ];
    const redacted = await redactedFindings(capture.store, given);
    expect(redacted.map(({ endpoint, detail, parameter }) => [endpoint, detail, parameter])).toEqual([
      ['GET a.test/reset/[redacted:token]', 'It is so.', 'id'],
      ['GET a.test/orders/{id}', 'The cookie [redacted:token] is set.', '[redacted:token]'],
      ['GET a.test/orders/{id}', 'It is so.', 'id'],
    ]);
    expect(JSON.stringify(given)).toContain(SECRET);
    expect(redacted[2]).toEqual(given[2]);
  });

  it('may be none', async () => {
    const store = { wholeSessions: () => expect.unreachable('nothing is read') };
    expect(await redactedFindings(store, [])).toEqual([]);
  });
});
