import { testCheck } from '../testing/test-check.ts';
import { charsetMismatch } from './charset-mismatch.ts';

testCheck(charsetMismatch, {
  tellsValue: true,
  finds: [
    '200\nContent-Type: text/html; charset=utf-8\n\n<meta charset="«iso-8859-1»">',
    '200\nContent-Type: text/html; charset=utf-8\n\n<meta http-equiv="Content-Type" content="«text/html; charset=iso-8859-15»">',
    '200\nContent-Type: application/xml; charset=utf-8\n\n<?xml version="1.0" encoding="«ISO-8859-1»"?><a/>',
  ],
  passes: [
    '200\nContent-Type: text/html; charset=UTF-8\n\n<meta charset="utf-8">',
    '200\nContent-Type: text/html; charset=utf8\n\n<meta charset="UTF-8">',
    '200\nContent-Type: text/html\n\n<meta charset="iso-8859-1">',
    '200\nContent-Type: application/xml; charset=utf-8\n\n<?xml version="1.0" encoding="UTF-8"?><a/>',
    '200\nContent-Type: application/json; charset=utf-8\n\n{"a":"<meta charset=latin1>"}',
  ],
});
