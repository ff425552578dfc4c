import { testCheck } from '../testing/test-check.ts';
import { csrfTokenMissing } from './csrf-token-missing.ts';

const PAGE = '200\nContent-Type: text/html\n\n';

testCheck(csrfTokenMissing, {
  finds: [
    `${PAGE}«<form method="post" action="/transfer">»<input name=to><input name=amount></form>`,
    `${PAGE}«<FORM METHOD=POST>»<input type=password name=password></FORM>`,
    `${PAGE}<form method=post><input name=_csrf></form>«<form method=post id=b>»<input name=c></form>`,
  ],
  passes: [
    `${PAGE}<form method=post><input type=hidden name="csrf_token" value=x></form>`,
    `${PAGE}<form method=post><input type=hidden name="__RequestVerificationToken" value=x></form>`,
    `${PAGE}<form method=post><input type=hidden name="authenticity_token" value=x></form>`,
    `${PAGE}<form method=post><input type=hidden name="csrfmiddlewaretoken" value=x></form>`,
    `${PAGE}<form method=get action="/search"><input name=q></form>`,
    `${PAGE}<form method=post action="/x?_csrf=abc"><input name=q></form>`,
    `${PAGE}<meta name="csrf-token" content="abc"><form method=post><input name=q></form>`,
    `${PAGE}<script>var t = '<form method=post><input name=a></form>';</script>`,
    `${PAGE}<form method=post action="https://pay.other.test/"><input name=a></form>`,
    `${PAGE}<form role=search method=post><input name=q></form>`,
    '200\nContent-Type: application/json\n\n{"a":"<form method=post>"}',
  ],
  lowOnly: [`${PAGE}<form action="/find"><input name=q></form>`],
});
