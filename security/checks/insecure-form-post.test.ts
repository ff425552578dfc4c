import { testCheck } from '../testing/test-check.ts';
import { insecureFormPost } from './insecure-form-post.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(insecureFormPost, {
  finds: [
    `${PAGE}<form method=post action="«http://a.test/login»"><input type=password name=p></form>`,
    `${PAGE}<FORM ACTION='«HTTP://a.test/search»'></FORM>`,
    `${PAGE}<form action="/x"><button formaction="«http://a.test/y»">Go</button></form>`,
  ],
  passes: [
    `${PAGE}<form method=post action="https://a.test/login"></form>`,
    `${PAGE}<form method=post action="/login"></form>`,
    `${PAGE}<form method=post></form><a href="http://a.test/">`,
    `GET http://a.test/\n---\n${PAGE}<form action="http://a.test/login"></form>`,
    `${PAGE}<script>document.write('<form action="http://a.test/login">')</script>`,
  ],
});
