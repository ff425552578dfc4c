import { testCheck } from '../testing/test-check.ts';
import { usernameHash } from './username-hash.ts';

const json = (body: object) => `200\nContent-Type: application/json\n\n${JSON.stringify(body)}`;
const ADMIN = '21232f297a57a5a743894a0e4a801fc3';

testCheck(usernameHash, {
  finds: [
    json({ id: `«${ADMIN}»` }),
    [
      'POST /login\nContent-Type: application/json\n\n{"username":"zaphod"}\n---\n200',
      json({ avatar: '/a/«79118ddf1f07f13c3ddaf659f835f1ce4e1161f3»' }),
    ],
  ],
  passes: [
    json({ id: '5d41402abc4b2a76b9719d911017c592' }),
    json({ id: `${ADMIN}00` }),
    ['GET /x?page=zaphod\n---\n200', json({ id: '79118ddf1f07f13c3ddaf659f835f1ce4e1161f3' })],
    json({ name: 'admin' }),
  ],
});
