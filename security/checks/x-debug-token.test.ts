import { testCheck } from '../testing/test-check.ts';
import { xDebugToken } from './x-debug-token.ts';

testCheck(xDebugToken, {
  tellsValue: true,
  finds: [
    '200\nX-Debug-Token: «3a1f9c»',
    '500\nx-debug-token-link: «https://api.acme.test/_profiler/3a1f9c»',
  ],
  passes: ['200\nX-Debug: 1', '200\nX-Debug-Token:', 'GET /x\nX-Debug-Token: 3a1f9c\n---\n200'],
});
