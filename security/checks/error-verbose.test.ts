import { websocket } from '../testing/run-check.ts';
import { testCheck } from '../testing/test-check.ts';
import { errorVerbose } from './error-verbose.ts';

const json = (body: object, status = 500) =>
  `${status}\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(errorVerbose, {
  finds: [
    json({ error: 'x', stack: 'TypeError: y\n    at run (/srv/app/dist/x.js:10:5)' }),
    json({ message: 'SQLITE_ERROR: no such table: users' }, 400),
    '500\nContent-Type: text/html\n\n<pre>Traceback (most recent call last):\n  File "/app/views.py", line 3, in show</pre>',
    '500\nContent-Type: text/plain\n\norg.springframework.dao.DataAccessException: boom',
    json({ error: 'connect ECONNREFUSED 10.0.4.7:5432' }, 502),
    '200\nContent-Type: text/html\n\n<b>Fatal error</b>:  Uncaught x in <b>/var/www/a.php</b> on line <b>3</b>',
    websocket([['received', '{"error":"x","stack":"Error\\n at f (/srv/a.js:1:2)"}']]),
  ],
  passes: [
    'GET /blog/x\n---\n200\nContent-Type: text/html\n\n<title>ORA-00942</title><p>About <code>ORA-00942: table or view does not exist</code></p>',
    json({ error: 'Internal Server Error', requestId: '7f3c' }),
    json({ errors: [{ field: 'email', message: 'is not valid' }] }, 422),
    '404\nContent-Type: text/html\n\n<h1>Not Found</h1><p>The requested URL was not found on this server.</p>',
    '200\nContent-Type: application/javascript\n\n// java.lang.NullPointerException: x',
    json({ type: 'about:blank', title: 'Bad Request', status: 400, detail: 'name is missing' }, 400),
    json({ stack: 'full', at: 'home (12:30:10)' }, 200),
    websocket([['received', '{"error":"not found"}']]),
  ],
});
