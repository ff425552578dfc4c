import { testCheck } from '../testing/test-check.ts';
import { xPoweredBy } from './x-powered-by.ts';

testCheck(xPoweredBy, {
  tellsValue: true,
  finds: [
    '200\nX-Powered-By: «Express»',
    '500\nx-powered-by: «PHP/7.4.3»',
    '302\nLocation: /\nX-Powered-By: «ASP.NET»',
  ],
  passes: [
    '200\nX-Powered-By:',
    '200\nX-Power: Express',
    'GET /x\nX-Powered-By: me\n---\n200',
    '200\nServer: Express',
  ],
});
