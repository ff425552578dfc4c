import { expect, it } from 'vitest';
import { testCheck, told } from '../testing/test-check.ts';
import { cspMissing } from './csp-missing.ts';

const PAGE = '200\nContent-Type: text/html';

testCheck(cspMissing, {
  tellsValue: true,
  finds: [
    `${PAGE}\n\n<p>hi`,
    `404\nContent-Type: text/html\n\n<p>gone`,
    `${PAGE}\nX-Content-Security-Policy: default-src 'self'\n\n<p>`,
    `${PAGE}\nContent-Security-Policy-Report-Only: default-src 'self'\n\n<p>`,
  ],
  passes: [
    `${PAGE}\nContent-Security-Policy: default-src 'self'\n\n<p>`,
    `${PAGE}\ncontent-security-policy: default-src *\nContent-Security-Policy-Report-Only: default-src 'self'\n\n<p>`,
    `${PAGE}\n\n<META HTTP-EQUIV="content-security-policy" content="default-src 'self'">`,
    '200\nContent-Type: application/json\n\n{"html":"<html>"}',
    `${PAGE}`,
    '301\nLocation: /x\nContent-Type: text/html\n\n<p>moved',
  ],
  lowOnly: ['301\nLocation: /x\nContent-Type: text/html\n\n<p>moved'],
});

it('weighs a policy that is only reported as no more than information', () => {
  const page = `${PAGE}\nContent-Security-Policy-Report-Only: default-src 'self'\n\n<p>`;
  expect(told(cspMissing, page).findings.map(({ severity }) => severity)).toEqual(['info', 'medium']);
});
