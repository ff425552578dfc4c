import { testCheck } from '../testing/test-check.ts';
import { formWithoutAction } from './form-without-action.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(formWithoutAction, {
  finds: [
    `GET /pay.jsp?amount=5\n---\n${PAGE}«<form method=post>»<input name=amount></form>`,
    `GET /pay?amount=5\nCookie: JSESSIONID=1\n---\n${PAGE}«<form action="">»`,
  ],
  passes: [
    `GET /pay.jsp?amount=5\n---\n${PAGE}<form method=post action="/pay">`,
    `GET /pay.php?amount=5\n---\n${PAGE}<form method=post>`,
    `GET /pay.jsp\n---\n${PAGE}<form method=post>`,
    `GET /pay.jsp?a=1\n---\n200\nContent-Type: text/plain\n\n<form method=post>`,
  ],
  lowOnly: [`GET /pay\n---\n${PAGE}<form method=post>`],
});
