import { testCheck } from '../testing/test-check.ts';
import { userControlledCharset } from './user-controlled-charset.ts';

testCheck(userControlledCharset, {
  tellsValue: true,
  finds: [
    'GET /x?cs=utf-8\n---\n200\nContent-Type: «text/html; charset=UTF-8»\n\n<p>',
    'GET /x?cs=iso-8859-1\n---\n200\nContent-Type: text/html\n\n<meta charset="«iso-8859-1»">',
    'GET /x?cs=utf-7\n---\n200\nContent-Type: text/html\n\n<meta http-equiv=content-type content="«text/html; charset=utf-7»">',
  ],
  passes: [
    'GET /x?cs=utf-7\n---\n200\nContent-Type: text/html; charset=utf-8\n\n<p>',
    'GET /x\n---\n200\nContent-Type: text/html; charset=utf-8\n\n<meta charset=utf-8>',
    'GET /x?a=html\n---\n200\nContent-Type: text/html; charset=utf-8\n\n<p>',
    'GET /x\nAccept-Charset: utf-8\n---\n200\nContent-Type: text/html; charset=utf-8\n\n<p>',
  ],
});
