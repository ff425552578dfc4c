import { testCheck } from '../testing/test-check.ts';
import { xBackendServer } from './x-backend-server.ts';

testCheck(xBackendServer, {
  tellsValue: true,
  finds: ['200\nX-Backend-Server: «web03.internal»', '502\nx-upstream-addr: «10.0.3.7:8080»'],
  passes: [
    '200\nX-Backend-Server:',
    '200\nX-Cache: HIT',
    'GET /x\nX-Backend-Server: a\n---\n200',
    '200\nX-Request-Id: web03',
  ],
});
