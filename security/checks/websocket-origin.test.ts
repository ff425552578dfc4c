import { expect, it } from 'vitest';
import { websocket } from '../testing/run-check.ts';
import { testCheck, told } from '../testing/test-check.ts';
import { websocketOrigin } from './websocket-origin.ts';

const shake = (origin: string, url = 'https://api.acme.test/live', more: [string, string][] = []) => ({
  ...websocket([], url),
  requestHeaders: [['Host', 'api.acme.test'], ['Origin', origin], ...more] as [string, string][],
});

testCheck(websocketOrigin, {
  tellsValue: true,
  finds: [
    shake('https://evil.test'),
    shake('null'),
    shake('https://acme.test.evil.test', 'https://api.acme.test/live', [['Cookie', 'sid=abcdefgh']]),
  ],
  passes: [
    shake('https://app.acme.test'),
    shake('https://api.acme.test'),
    shake('http://localhost:5173', 'http://localhost:3000/live'),
    websocket([]),
    { ...shake('https://evil.test'), status: 403 },
    'GET /x\nOrigin: https://evil.test\n---\n200',
  ],
});

it('is graver with cookies', () => {
  const { findings } = told(
    websocketOrigin,
    shake('https://evil.test', 'https://api.acme.test/live', [['Cookie', 'sid=abcdefgh']]),
  );
  expect(findings).toMatchObject([{ severity: 'high' }]);
});
