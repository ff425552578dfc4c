import { expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { inputOf } from '../testing/run-check.ts';
import { errorSigns } from './error-signs.ts';

const products = (body: string, type = 'text/html') =>
  errorSigns(inputOf(makeSession({ responseHeaders: [['Content-Type', type]], responseBody: body }))).map(
    ({ sign }) => sign.product,
  );

it.each([
  ['Node.js', 'Error: x\n    at Object.run (/srv/app/x.js:10:5)'],
  ['Node.js', '{"stack":"Error\\n    at async main (file:///srv/x.mjs:1:2)"}'],
  ['Python', 'Traceback (most recent call last):\n  File "/app/x.py", line 3, in f'],
  ['Java', '\tat com.acme.shop.Cart.add(Cart.java:42)'],
  ['Java', 'java.lang.NullPointerException: x'],
  ['.NET', '   at Acme.Shop.Cart.Add(Int32 id) in C:\\src\\Cart.cs:line 42'],
  ['.NET', 'System.NullReferenceException: Object reference'],
  ['PHP', '<b>Warning</b>:  mysqli_connect(): x in <b>/var/www/x.php</b> on line <b>3</b>'],
  ['Ruby', "app/models/x.rb:12:in `save'"],
  ['Go', 'goroutine 12 [running]:\nmain.main()'],
  ['MySQL', 'You have an error in your SQL syntax; check the manual'],
  ['PostgreSQL', 'error: relation "users" does not exist'],
  ['SQLite', 'SQLITE_ERROR: no such table: users'],
  ['SQL Server', "Incorrect syntax near 'x'"],
  ['Oracle', 'ORA-00933: SQL command not properly ended'],
  ['MongoDB', 'MongoServerError: E11000 duplicate key error'],
  ['Werkzeug', '<title>TypeError // Werkzeug Debugger</title>'],
  ['Spring Boot', '<h1>Whitelabel Error Page</h1>'],
  ['a remote call', 'connect ECONNREFUSED 10.0.0.3:5432'],
])('knows %s by %s', (product, body) => expect(products(body)).toContain(product));

it.each([
  '<p>Something went wrong. Please try again (error 17).</p>',
  '{"error":"not_found","message":"No such order"}',
  '{"at":"2025-01-01","look at this":"(12:30:45)"}',
  '<p>We learn about exceptions at school.</p>',
  '{"status":"error","sql":"is a language"}',
])('takes nothing of %s', (body) => expect(products(body)).toEqual([]));

it('looks into no scripts', () => expect(products('java.lang.Error: x', 'text/javascript')).toEqual([]));
