import { testCheck } from '../testing/test-check.ts';
import { timestampDisclosure } from './timestamp-disclosure.ts';

const json = (body: object) => `200\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(timestampDisclosure, {
  tellsValue: true,
  finds: [
    json({ created_at: 1749000000 }),
    json({ user: { lastLoginAt: '1745000000' } }),
    '200\nX-Generated-Time: «1750000000»',
  ],
  passes: [
    '200\nStrict-Transport-Security: max-age=1750000000',
    json({ id: 1749000000 }),
    json({ created_at: 999999999, updated_at: 4102444800 }),
    json({ created_at: '2025-06-01T00:00:00Z' }),
    '200\nContent-Type: text/css\n\na{width:1749000000px}',
    '200\nRateLimit-Reset: 1750000000',
    json({ phone: '1749000000', serial: 1749000001 }),
  ],
  lowOnly: [json({ value: 1749000000 })],
});
