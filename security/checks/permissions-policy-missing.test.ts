import { testCheck } from '../testing/test-check.ts';
import { permissionsPolicyMissing } from './permissions-policy-missing.ts';

testCheck(permissionsPolicyMissing, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: text/html\n\n<p>',
    `200\nContent-Type: text/html\nFeature-Policy: «camera 'none'»\n\n<p>`,
  ],
  passes: [
    '200\nContent-Type: text/html\nPermissions-Policy: camera=()\n\n<p>',
    '200\nContent-Type: application/json\n\n{}',
    '204',
    '302\nLocation: /\nContent-Type: text/html\n\n<p>',
    '200\nContent-Type: text/javascript\n\nlet a',
  ],
  lowOnly: ['200\nContent-Type: text/javascript\n\nlet a'],
});
