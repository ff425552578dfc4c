import { testCheck } from '../testing/test-check.ts';
import { userControlledAttribute } from './user-controlled-attribute.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(userControlledAttribute, {
  finds: [
    `GET /x?q=zaphod42\n---\n${PAGE}<input name=q value="«zaphod42»">`,
    `GET /x?next=https%3A%2F%2Fb.test%2Fin\n---\n${PAGE}<a href='«https://b.test/in»'>`,
    `POST /x\nContent-Type: application/x-www-form-urlencoded\n\nimg=/i/cat.png\n---\n${PAGE}<img src=«/i/cat.png»>`,
  ],
  passes: [
    `GET /x?q=zaphod42\n---\n${PAGE}<p>zaphod42</p>`,
    `GET /x?page=12\n---\n${PAGE}<input value="12">`,
    `GET /x?q=zaphod42\n---\n${PAGE}<script>'<input value="zaphod42">'</script>`,
    `GET /x?q=zaphod42\n---\n200\nContent-Type: application/json\n\n{"a":"<i value='zaphod42'>"}`,
    `GET /x?sort=desc\n---\n${PAGE}<a href="desc">`,
    `GET /x\nCookie: a=zaphod42\n---\n${PAGE}<input value="zaphod42">`,
  ],
  lowOnly: [`GET /x?q=zaphod42\n---\n${PAGE}<p class="zaphod42">`],
});
