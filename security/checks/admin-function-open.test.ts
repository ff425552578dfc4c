import { testCheck } from '../testing/test-check.ts';
import { adminFunctionOpen } from './admin-function-open.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.sig`;
const OK = '200\nContent-Type: application/json\n\n{"users":[]}';

testCheck(adminFunctionOpen, {
  tellsValue: true,
  finds: [
    `GET /api«/admin»/users\n---\n${OK}`,
    `GET «/actuator/env»\n---\n${OK}`,
    `GET /api«/admin»/users\nAuthorization: Bearer ${jwt({ sub: '1', role: 'user' })}\n---\n${OK}`,
    `POST «/internal»/reindex\n---\n202`,
    [`GET /me\nAuthorization: Bearer abcdefgh\n---\n${OK}`, 'DELETE /users/7\n---\n204'],
  ],
  passes: [
    `GET /api/admin/users\n---\n401`,
    `GET /api/admin/users\nAuthorization: Bearer ${jwt({ sub: '1', role: 'admin' })}\n---\n${OK}`,
    `GET /api/admin/users\nAuthorization: Bearer abcdefgh\n---\n${OK}`,
    '200\nContent-Type: text/html\n\n<p>',
    'GET /admin\n---\n200\nContent-Type: text/html\n\n<form method=post><input type=password name=p></form>',
    'GET /admin/login\n---\n200\nContent-Type: text/html\n\n<p>',
    `GET /actuator/health\n---\n200\nContent-Type: application/json\n\n{"status":"UP"}`,
    `GET /administer-first-aid\n---\n${OK}`,
    'DELETE /cart/7\n---\n204',
  ],
});
