import { testCheck } from '../testing/test-check.ts';
import { chromeLogger } from './chrome-logger.ts';

const DATA = Buffer.from('{"version":"4.0","columns":["log"],"rows":[]}').toString('base64');

testCheck(chromeLogger, {
  finds: [`200\nX-ChromeLogger-Data: «${DATA}»`, `500\nx-chromephp-data: «${DATA}»`],
  passes: [
    '200\nX-ChromeLogger-Data:',
    `200\nX-Data: ${DATA}`,
    `GET /x\nX-ChromeLogger-Data: ${DATA}\n---\n200`,
  ],
});
