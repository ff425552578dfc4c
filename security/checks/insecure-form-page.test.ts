import { testCheck } from '../testing/test-check.ts';
import { insecureFormPage } from './insecure-form-page.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(insecureFormPage, {
  finds: [
    `GET http://www.acme.test/\n---\n${PAGE}<form method=post action="«https://www.acme.test/login»"></form>`,
    `GET http://www.acme.test/\n---\n${PAGE}<form action='«HTTPS://b.test/»'>`,
  ],
  passes: [
    `${PAGE}<form action="https://www.acme.test/login"></form>`,
    `GET http://www.acme.test/\n---\n${PAGE}<form action="/login"></form>`,
    `GET http://www.acme.test/\n---\n${PAGE}<a href="https://www.acme.test/login">`,
    `GET http://localhost/\n---\n${PAGE}<form action="https://www.acme.test/login"></form>`,
  ],
});
