import { testCheck } from '../testing/test-check.ts';
import { methodOverride } from './method-override.ts';

testCheck(methodOverride, {
  tellsValue: true,
  finds: [
    'POST /orders/7\nX-HTTP-Method-Override: «DELETE»\n---\n204',
    'GET /orders/7\nx-method-override: «put»\n---\n200',
    'GET /orders/7?_method=«DELETE»\n---\n302\nLocation: /orders',
  ],
  passes: [
    'POST /orders/7\nX-HTTP-Method-Override: DELETE\n---\n405',
    'POST /orders/7\nX-HTTP-Method-Override: POST\n---\n200',
    'GET /pay?method=card\n---\n200',
    '200\nX-HTTP-Method-Override: DELETE',
    'POST /orders/7\nContent-Type: application/x-www-form-urlencoded\n\n_method=patch\n---\n302\nLocation: /',
  ],
  lowOnly: [
    'POST /orders/7\nContent-Type: application/x-www-form-urlencoded\n\n_method=patch\n---\n302\nLocation: /',
  ],
});
