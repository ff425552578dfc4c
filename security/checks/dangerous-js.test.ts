import { testCheck } from '../testing/test-check.ts';
import { dangerousJs } from './dangerous-js.ts';

const JS = '200\nContent-Type: application/javascript\n\n';
const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(dangerousJs, {
  tellsValue: true,
  finds: [
    `${JS}const a = «eval(»location.hash)`,
    `${JS}let f = «new Function(»'a', body)`,
    `${PAGE}<script>x = «eval(»y)</script>`,
    `${JS}this.s.«bypassSecurityTrustHtml(»v)`.replace('.«', '; «'),
  ],
  passes: [
    `${JS}const a = retrieval(1); medieval(2); o.evaluate(3)`,
    `${JS}// eval(x)\nlet a = 1`,
    `${PAGE}<p>eval(x)</p>`,
    `${JS}let a = JSON.parse(b)`,
    `GET /vendor.min.js\n---\n${JS}eval(x)`,
    '200\nContent-Type: application/json\n\n{"a":"eval(x)"}',
    `${JS}el.innerHTML = x`,
  ],
  lowOnly: [`${JS}el.innerHTML = x`, `${JS}document.write(x)`],
});
