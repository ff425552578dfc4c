import { expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openRedaction } from './open-redaction.ts';
import { redactedSessions } from './redacted-sessions.ts';

const TOKEN = 'q8Zk2Lw9Xc4Vb7Nm1Qs5Dt6Yh3Jf0Gr8Pa2Ue4';
const sessions = [
  makeSession({ id: 1, responseBody: `"see ${TOKEN}"` }),
  makeSession({ id: 2, responseBody: `{"token":"${TOKEN}"}` }),
];

it('masks in the first session what only the last one tells', async () => {
  await using redaction = openRedaction();
  let reads = 0;
  let looked = 0;
  async function* read(): AsyncGenerator<readonly FullSession[]> {
    reads += 1;
    for (const full of sessions) yield [full];
  }
  const out: FullSession[] = [];
  for await (const batch of redactedSessions(redaction, read, () => {
    looked += 1;
  })) {
    // Nothing is given out before all have been looked at.
    expect(looked).toBe(2);
    out.push(...batch);
  }
  expect(out.map(({ responseBody }) => Buffer.from(responseBody).toString())).toEqual([
    '"see [redacted:token:1]"',
    '{"token":"[redacted:token:1]"}',
  ]);
  expect(reads).toBe(2);
  expect(await redaction.summary()).toMatchObject({ sessions: 2, masked: 2 });
});
