import { testCheck } from '../testing/test-check.ts';
import { serverVersion } from './server-version.ts';

testCheck(serverVersion, {
  tellsValue: true,
  finds: [
    '200\nServer: «nginx/1.18.0»',
    '404\nserver: «Apache/2.4.41 (Ubuntu)»',
    '200\nServer: «Microsoft-IIS/10.0»',
    '200\nServer: «Werkzeug/2.0.1 Python/3.9»',
    '200\nServer: «Kestrel 8.0»',
  ],
  passes: [
    '200\nServer: nginx',
    '200\nServer: cloudflare',
    '200\nServer: Apache',
    '200\nX-Server: nginx/1.18.0',
    '200\nServer:',
    'GET /x\nServer: nginx/1.18.0\n---\n200',
    '200\nServer: ECS (dcb/7F3C)',
  ],
  lowOnly: ['200\nServer: nginx'],
});
