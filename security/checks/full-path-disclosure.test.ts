import { testCheck } from '../testing/test-check.ts';
import { fullPathDisclosure } from './full-path-disclosure.ts';

const json = (body: object) => `500\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(fullPathDisclosure, {
  finds: [
    json({ file: '«/var/www/html/index.php»' }),
    '200\nContent-Type: text/html\n\n<b>/</b> <p>Warning in «/home/mia/site/lib/db.php» on line 3',
    '500\nContent-Type: text/plain\n\nat C:\\inetpub\\wwwroot\\app.aspx'.replace(
      'C:\\inetpub\\wwwroot\\app.aspx',
      '«C:\\inetpub\\wwwroot\\app.aspx»',
    ),
    json({ at: '(«/usr/src/app/node_modules/x/index.js»:1:2)' }),
    json({ log: '«/var/log/nginx/error.log»' }),
  ],
  passes: [
    json({ path: '/home/products' }),
    json({ next: '/app/settings', link: '/users/42/orders' }),
    '200\nContent-Type: text/html\n\n<a href="/var/www/html/index.php">x</a>',
    json({ url: 'https://a.test/var/www/html/index.php' }),
    '200\nContent-Type: application/javascript\n\n"/var/www/html/index.php"',
    json({ text: 'C:/ is a drive', ratio: 'a/b/c' }),
    json({ image: '/opt/in/logo.png' }),
  ],
});
