import { testCheck } from '../testing/test-check.ts';
import { antiClickjacking } from './anti-clickjacking.ts';

const PAGE = '200\nContent-Type: text/html; charset=utf-8';

testCheck(antiClickjacking, {
  tellsValue: true,
  finds: [
    `${PAGE}\n\n<p>hi`,
    `${PAGE}\nX-Frame-Options: «ALLOW-FROM https://b.test/»\n\n<p>`,
    `${PAGE}\nX-Frame-Options: «DENY»\nX-Frame-Options: «SAMEORIGIN»\n\n<p>`,
    `${PAGE}\nContent-Security-Policy: default-src 'self'\n\n<p>`,
    `${PAGE}\nContent-Security-Policy-Report-Only: frame-ancestors 'none'\n\n<p>`,
    `${PAGE}\n\n«<meta http-equiv="X-Frame-Options" content="DENY">»`,
  ],
  passes: [
    `${PAGE}\nX-Frame-Options: deny\n\n<p>`,
    `${PAGE}\nX-Frame-Options: SAMEORIGIN\n\n<p>`,
    `${PAGE}\nX-Frame-Options: DENY, DENY\n\n<p>`,
    `${PAGE}\nContent-Security-Policy: default-src 'self'; frame-ancestors 'none'\n\n<p>`,
    `${PAGE}\nX-Frame-Options: ALLOW-FROM https://b.test/\nContent-Security-Policy: FRAME-ANCESTORS https://b.test\n\n<p>`,
    '200\nContent-Type: application/json\n\n{"a":"<html>"}',
    '404\nContent-Type: text/html\n\n<p>',
    '302\nLocation: /\nContent-Type: text/html\n\n<p>moved',
  ],
  lowOnly: ['404\nContent-Type: text/html\n\n<p>'],
});
