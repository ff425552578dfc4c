import { testCheck } from '../testing/test-check.ts';
import { strictTransportSecurity } from './strict-transport-security.ts';

const HSTS = 'Strict-Transport-Security';

testCheck(strictTransportSecurity, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: text/html\n\n<p>',
    `200\n${HSTS}: «max-age=0»`,
    `200\n${HSTS}: «includeSubDomains»`,
    `200\n${HSTS}: «max-age=soon»`,
    `200\n${HSTS}: «max-age=31536000»\n${HSTS}: «max-age=1»`,
    `GET http://a.test/\n---\n200\n${HSTS}: «max-age=31536000»`,
    `200\nContent-Type: text/html\n${HSTS}: max-age=9\n\n<meta http-equiv="«${HSTS}»" content="max-age=1">`,
  ],
  passes: [
    `200\n${HSTS}: max-age=31536000`,
    `200\nstrict-transport-security: includeSubDomains; MAX-AGE="31536000"; preload`,
    `404\n${HSTS}: max-age=63072000; includeSubDomains`,
    'GET http://a.test/\n---\n200\nContent-Type: text/html',
    'GET https://127.0.0.1:8443/\n---\n200\nContent-Type: text/html',
    'GET https://localhost/\n---\n200',
    `200\nContent-Type: text/html\n${HSTS}: max-age=9\n\n<!-- <meta http-equiv="${HSTS}"> -->`,
  ],
  lowOnly: ['GET https://127.0.0.1:8443/\n---\n200', '302\nLocation: /y'],
});
