import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inputOf } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { base64Disclosure } from './base64-disclosure.ts';

const b64 = (text: string) => Buffer.from(text).toString('base64');
const textOf = (responseBody: string) =>
  inputOf(makeSession({ responseHeaders: [['Content-Type', 'text/plain']], responseBody }));
const json = (body: object) => `200\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(base64Disclosure, {
  finds: [
    json({ state: `«${b64('{"user":"mia","admin":false}')}»` }),
    `200\nSet-Cookie: prefs=«${b64('user=mia;role=plain;theme=dark')}»; Path=/`,
    `200\nContent-Type: text/html\n\n<input value="«${b64('<user><name>mia</name></user>')}»">`,
  ],
  passes: [
    json({ token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2lnbmF0dXJl' }),
    json({ id: 'aGVsbG8gd29ybGQgdGhpcyBpcyBm/w8QEf8B' }),
    '200\nContent-Type: text/html\n\n<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA">',
    `200\nContent-Type: text/html\n\n<script integrity="sha256-${b64('{"user":"mia","admin":false}')}"></script>`,
    json({ sha: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12' }),
    json({ nextPage: 'SomethingThatIsJustALongIdentifierName' }),
    json({ cursor: b64('{"after":"12345678901234"}') }),
    `200\nContent-Type: text/javascript\n\n"${b64('{"user":"mia","admin":false}')}"`,
  ],
});

it('finds what begins anywhere, also behind another', () => {
  const value = b64('{"user":"mia"}').replace(/=*$/, '');
  const longer = b64('{"user":"mia","admin":false,"theme":"dark"}');
  for (let at = 0; at < 50; at++) {
    const text = `${' '.repeat(at)}${longer} ${longer} ${value.slice(0, 16)}`;
    const evidence = [...base64Disclosure.run(textOf(text))].flatMap((draft) => draft.evidence);
    expect(evidence).toEqual(
      [0, longer.length + 1].map((start) => ({
        part: 'response-body',
        start: at + start,
        end: at + start + longer.length,
      })),
    );
  }
});
