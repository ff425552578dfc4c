import { testCheck } from '../testing/test-check.ts';
import { base64Disclosure } from './base64-disclosure.ts';

const b64 = (text: string) => Buffer.from(text).toString('base64');
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
