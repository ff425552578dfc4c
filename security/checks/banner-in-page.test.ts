import { testCheck } from '../testing/test-check.ts';
import { bannerInPage } from './banner-in-page.ts';

testCheck(bannerInPage, {
  finds: [
    '404\nContent-Type: text/html\n\n<address>«Apache/2.4.41 (Ubuntu) Server at »a.test Port 80</address>',
    '502\nContent-Type: text/html\n\n<hr>«<center>nginx/1.18.0</center>»',
    '404\nContent-Type: text/html\n\n<h3>«Apache Tomcat/9.0.31»</h3>',
  ],
  passes: [
    '404\nContent-Type: text/html\n\n<hr><center>nginx</center>',
    '404\nContent-Type: application/json\n\n{"error":"not found"}',
    '200\nContent-Type: text/html\n\n<p>How to set up Apache Tomcat/9.0.31</p>',
    '404\nContent-Type: text/javascript\n\n"Apache Tomcat/9.0.31"',
  ],
  lowOnly: ['200\nContent-Type: text/html\n\n<p>Apache Tomcat/9.0.31</p>'],
});
