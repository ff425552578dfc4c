import { testCheck } from '../testing/test-check.ts';
import { noSessionRotation } from './no-session-rotation.ts';

const login = (cookie: string, answer: string) =>
  `POST /login\nContent-Type: application/json\n${cookie}\n\n{"user":"mia","password":"vK8#qTz!2m"}\n---\n${answer}`;
const me = (status = 200) =>
  `GET /api/me\nCookie: sid=abcdefgh1\n---\n${status}\nContent-Type: application/json\n\n{"id":1}`;
const LOGOUT = 'POST /logout\nCookie: sid=abcdefgh1\n---\n204';
const OK = '200\nContent-Type: application/json\n\n{"success":true}';

testCheck(noSessionRotation, {
  finds: [
    login('Cookie: sid=«abcdefgh1»', OK),
    login('Cookie: sid=«abcdefgh1»', '302\nLocation: /home\nSet-Cookie: sid=abcdefgh1; HttpOnly'),
    [me(), LOGOUT, me().replace('abcdefgh1', '«abcdefgh1»')],
  ],
  passes: [
    login('Cookie: sid=abcdefgh1', '302\nLocation: /home\nSet-Cookie: sid=zyxwvuts2; HttpOnly'),
    login('Cookie: theme=darkdark', OK),
    login('Cookie: sid=abcdefgh1', '401\nContent-Type: application/json\n\n{"error":"invalid"}'),
    [me(), LOGOUT, me(401)],
    [me(), LOGOUT, me().replace('abcdefgh1', 'zyxwvuts2')],
    login('Cookie: sid=abcdefgh1', '200\nContent-Type: application/json\n\n{"token":"q8ZrT2mVbX5nK7wLp3Hd"}'),
    [me(), me(), 'GET /public\nCookie: sid=abcdefgh1\n---\n200'],
  ],
});
