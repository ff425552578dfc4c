import { expect, it } from 'vitest';
import { Finding } from '#model/finding.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { authorisationMissing } from './authorisation-missing.ts';
import { probeFinding } from './probe-result.ts';

const { session } = makeSession({ id: 9 });
const draft = {
  parameter: 'Cookie',
  detail: 'It answered.',
  evidence: [{ part: 'response-head', start: 0, end: 15 }],
} as const;

it('is about the session that the probe made, in the words of the probe', () => {
  const finding = probeFinding(authorisationMissing, session, 'GET https://a.test/x', draft);
  expect(Finding.parse(finding)).toEqual(finding);
  expect(finding).toMatchObject({
    checkId: 'authorisation-missing',
    sessionId: 9,
    severity: 'high',
    confidence: 'medium',
    title: authorisationMissing.info.title,
    endpoint: 'GET https://a.test/x',
    ...draft,
  });
});

it('is as grave and as sure as the draft says, where it does', () => {
  const judged = { ...draft, severity: 'low', confidence: 'high' } as const;
  expect(probeFinding(authorisationMissing, session, 'e', judged)).toMatchObject({
    severity: 'low',
    confidence: 'high',
  });
});
