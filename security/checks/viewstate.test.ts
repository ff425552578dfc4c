import { testCheck } from '../testing/test-check.ts';
import { viewstate } from './viewstate.ts';

const PAGE = '200\nContent-Type: text/html\n\n';
const state = (text: string, tail: number[]) =>
  Buffer.concat([Buffer.from([0xff, 0x01, 0x0f, 0x05]), Buffer.from(text), Buffer.from(tail)]).toString(
    'base64',
  );
const MAC = Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 251);
const field = (value: string, name = '__VIEWSTATE') =>
  `<input type="hidden" name="${name}" value="${value}">`;

testCheck(viewstate, {
  finds: [
    `${PAGE}${field(`«${state('\u0005hello', [0x64])}»`)}`,
    `${PAGE}${field(`«${state('\u0010mia@acme.test', MAC)}»`)}`,
    `${PAGE}${field(`«${state('\u000b192.168.3.7 ', MAC)}»`)}`,
    `${PAGE}${field(`«${Buffer.from('t<p<l<a;>;l<b;>>;>').toString('base64')}»`)}`,
    `${PAGE}«${field(state('a', MAC))}»${field(state('b', MAC), '__VIEWSTATE1')}`,
  ],
  passes: [
    `${PAGE}${field(state('\u0005hello', MAC))}`,
    `${PAGE}${field('')}`,
    `${PAGE}${field(state('\u0005hello', [0x64]), 'other')}`,
    `${PAGE}${field(state('x', [0x64]))}<input type=hidden name="__VIEWSTATEENCRYPTED" value="">`,
    `200\nContent-Type: text/plain\n\n${field(state('x', [0x64]))}`,
  ],
});
