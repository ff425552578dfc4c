import { expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { findingExchanges } from './finding-exchanges.ts';
import { inCapture, writtenCapture } from './testing/captures.ts';

const TOKEN = 'q8ZrT2mVbX5nK7wLp3Hd';
const finding = (sessionId: number, parameter: string): Finding => ({
  checkId: 'csp-weak',
  sessionId,
  severity: 'low',
  confidence: 'high',
  title: '',
  detail: '',
  endpoint: 'GET https://a.test/',
  parameter,
  evidence: [],
});

it('are heads without secrets, one for each group, with the same placeholder for the same secret', async () => {
  const authorised = (id: number) =>
    makeSession({
      id,
      url: `https://a.test/?access_token=${TOKEN}`,
      requestHeaders: [['Authorization', `Bearer ${TOKEN}`]],
      responseHeaders: [['Set-Cookie', `sid=${TOKEN}; Path=/`]],
    });
  using capture = await writtenCapture(authorised(1), authorised(2), authorised(3));
  await inCapture(capture.path, async (store) => {
    const exchanges = await findingExchanges(store, [finding(1, 'a'), finding(3, 'b'), finding(2, 'a')]);
    expect([...exchanges.keys()]).toEqual([1, 3]);
    const text = JSON.stringify([...exchanges.values()]);
    expect(text).not.toContain(TOKEN);
    const [first, third] = [...exchanges.values()];
    expect(first).toEqual(third);
    const placeholder = /Bearer (\S+)/.exec(first?.request.headers[0]?.[1] ?? '')?.[1] ?? 'none';
    expect(first?.response?.headers[0]?.[1]).toBe(`sid=${placeholder}; Path=/`);
    expect(await findingExchanges(store, [])).toEqual(new Map());
  });
});
