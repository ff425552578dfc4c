import { testCheck } from '../testing/test-check.ts';
import { siteIsolation } from './site-isolation.ts';

const ALL =
  'Cross-Origin-Resource-Policy: same-origin\nCross-Origin-Embedder-Policy: require-corp\nCross-Origin-Opener-Policy: same-origin';

testCheck(siteIsolation, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: text/html\n\n<p>',
    `200\nContent-Type: text/html\n${ALL.replace('require-corp', '«yes»')}\n\n<p>`,
    '200\nContent-Type: application/json\nCross-Origin-Resource-Policy: «mine»\n\n{}',
  ],
  passes: [
    `200\nContent-Type: text/html\n${ALL}\n\n<p>`,
    `200\nContent-Type: text/html\n${ALL.replace('require-corp', 'credentialless; report-to="x"')}\n\n<p>`,
    '200\nContent-Type: application/json\n\n{}',
    '404\nContent-Type: text/html\n\n<p>',
    '204',
  ],
  lowOnly: ['200\nContent-Type: application/json\n\n{}'],
});
