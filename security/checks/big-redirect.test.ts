import { testCheck } from '../testing/test-check.ts';
import { bigRedirect } from './big-redirect.ts';

const long = '<p>name, address and everything else</p>'.repeat(20);

testCheck(bigRedirect, {
  finds: [
    `302\nLocation: /login\nContent-Type: text/html\n\n${long}`,
    '301\nLocation: /y\nContent-Type: text/html\n\n<a href=/y>y</a><a href=/admin>admin</a>',
  ],
  passes: [
    '302\nLocation: /login\nContent-Type: text/html\n\n<html><body>Moved to <a href="/login">/login</a></body></html>',
    `200\nContent-Type: text/html\n\n${long}`,
    '302\nLocation: /login',
    `304\nContent-Type: text/html\n\n${long}`,
    `302\nLocation: /${'a'.repeat(400)}\nContent-Type: text/html\n\n<a href="/${'a'.repeat(400)}">here</a>`,
  ],
});
