import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { cspWeak } from './csp-weak.ts';

const page = (policy: string, name = 'Content-Security-Policy') =>
  `200\nContent-Type: text/html\n${name}: ${policy}\n\n<p>`;
const ENDS = "; frame-ancestors 'none'; form-action 'self'";

testCheck(cspWeak, {
  tellsValue: true,
  finds: [
    page(`default-src 'self'; script-src 'self' 'unsafe-inline'${ENDS}`),
    page(`default-src *${ENDS}`),
    page(`default-src 'self'; script-src 'self' 'unsafe-eval'${ENDS}`),
    page(`default-src 'self'; img-src https:${ENDS}`),
    page(`img-src 'self'${ENDS}`),
    page("«default-src 'self'»"),
    `200\nContent-Type: text/html\n\n<meta http-equiv=Content-Security-Policy content="«default-src 'self' 'unsafe-inline'; style-src 'self'»">`,
  ],
  passes: [
    page(`default-src 'self'${ENDS}`),
    page(
      `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic' 'unsafe-inline'; style-src 'self'${ENDS}`,
    ),
    page(
      `default-src 'self'; script-src 'nonce-abc' 'strict-dynamic' https: 'unsafe-inline'; style-src 'self'${ENDS}`,
    ),
    page(`default-src 'self' https://cdn.acme.test *.acme.test${ENDS}`),
    page(`DEFAULT-SRC 'SELF'; Frame-Ancestors 'none'; Form-Action 'self'`),
    page(`default-src *${ENDS}`, 'Content-Security-Policy-Report-Only'),
    '200\nContent-Type: application/json\nContent-Security-Policy: default-src *\n\n{}',
    `200\nContent-Type: text/html\nContent-Security-Policy: default-src *; frame-ancestors 'none'; form-action 'self'\nContent-Security-Policy: default-src 'self'; frame-ancestors 'none'; form-action 'self'\n\n<p>`,
  ],
});

it('names each directive once', () => {
  const { findings } = told(cspWeak, page(`default-src *${ENDS}`));
  expect(findings.map(({ parameter }) => parameter)).toEqual(['default-src']);
});
