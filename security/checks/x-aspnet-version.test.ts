import { testCheck } from '../testing/test-check.ts';
import { xAspnetVersion } from './x-aspnet-version.ts';

testCheck(xAspnetVersion, {
  tellsValue: true,
  finds: ['200\nX-AspNet-Version: «4.0.30319»', '404\nx-aspnetmvc-version: «5.2»'],
  passes: ['200\nX-Version: 4.0.30319', '200\nX-AspNet-Version:', 'GET /x\nX-AspNet-Version: 4\n---\n200'],
});
