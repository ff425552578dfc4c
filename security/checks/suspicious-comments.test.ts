import { testCheck } from '../testing/test-check.ts';
import { suspiciousComments } from './suspicious-comments.ts';

const JS = '200\nContent-Type: text/javascript\n\n';
const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(suspiciousComments, {
  finds: [
    `${PAGE}<!--« TODO: remove the admin page »--><p>`,
    `${PAGE}<!--« default password is kept in the wiki »-->`,
    `${JS}let a = 1; «// FIXME the password is hard-coded here»`,
    `${PAGE}<script>\n«/* backdoor for support */»\nlet a</script>`,
  ],
  passes: [
    `${PAGE}<!-- the menu --><p>TODO list, password reset</p>`,
    `${PAGE}<!-- Copyright Acme, see license for bugs -->`,
    `${JS}const url = 'http://a.test/password'; let password = 'x'`,
    `${JS}const s = "// password"; let t = '/* secret */'`,
    `${PAGE}<!--[if IE]><p>bug<![endif]-->`,
    '200\nContent-Type: application/json\n\n{"a":"<!-- password -->"}',
    `${JS}// debugging is fun, adminstration`,
  ],
  lowOnly: [`${JS}// TODO faster`],
});
