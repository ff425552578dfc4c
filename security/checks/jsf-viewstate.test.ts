import { testCheck } from '../testing/test-check.ts';
import { jsfViewstate } from './jsf-viewstate.ts';

const PAGE = '200\nContent-Type: text/html\n\n';
const field = (value: string, name = 'javax.faces.ViewState') =>
  `<input type=hidden name="${name}" value="${value}">`;
const JAVA = Buffer.from([0xac, 0xed, 0, 5, 0x75, 0x72, 0, 0x13, 1, 2, 3, 4, 5, 6]).toString('base64');
const GZIP = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6]).toString('base64');

testCheck(jsfViewstate, {
  finds: [`${PAGE}${field(`«${JAVA}»`)}`, `${PAGE}${field(`«${GZIP}»`, 'jakarta.faces.ViewState')}`],
  passes: [
    `${PAGE}${field('j_id1:j_id3')}`,
    `${PAGE}${field('-7723420334123412:8812341234123412')}`,
    `${PAGE}${field(Buffer.from('9c8b7a6f5e4d3c2b1a0f9e8d7c6b5a4f').toString('base64'))}`,
    `${PAGE}${field(JAVA, 'other')}`,
  ],
});
