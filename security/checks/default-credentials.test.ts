import { testCheck } from '../testing/test-check.ts';
import { defaultCredentials } from './default-credentials.ts';

const login = (user: string, password: string, answer: string) =>
  `POST /login\nContent-Type: application/json\n\n{"username":"${user}","password":"${password}"}\n---\n${answer}`;
const OK = '200\nContent-Type: application/json\n\n{"token":"q8ZrT2mVbX5nK7wLp3Hd"}';

testCheck(defaultCredentials, {
  // The words of the pair are words of every sentence about them.
  tellsValue: true,
  finds: [
    login('admin', '«admin»', OK),
    'POST /login\nContent-Type: application/x-www-form-urlencoded\n\nuser=root&pass=«toor»\n---\n302\nLocation: /home\nSet-Cookie: session=abc',
    'GET /manager\nAuthorization: «Basic dG9tY2F0OnMzY3JldA==»\n---\n200',
  ],
  passes: [
    login('admin', 'admin', '401\nContent-Type: application/json\n\n{"error":"bad credentials"}'),
    login('mia', 'vK8#qTz!2m', OK),
    'GET /manager\nAuthorization: Basic dG9tY2F0OnMzY3JldA==\n---\n401',
    'POST /register\nContent-Type: application/json\n\n{"username":"admin","password":"admin"}\n---\n201',
    login('admin', 'admin', '200\nContent-Type: text/html\n\n<p>Invalid user name or password'),
  ],
});
