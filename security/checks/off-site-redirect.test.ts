import { testCheck } from '../testing/test-check.ts';
import { offSiteRedirect } from './off-site-redirect.ts';

testCheck(offSiteRedirect, {
  finds: [
    'GET /go?url=https://evil.test/\n---\n302\nLocation: «https://evil.test/»',
    'GET /go?to=//evil.test\n---\n301\nLocation: «//evil.test»',
    'GET /go?next=https%253A%252F%252Fevil.test%252Fa\n---\n307\nLocation: «https://evil.test/a»',
    'POST /go\nContent-Type: application/json\n\n{"return":"evil.test/x"}\n---\n303\nLocation: «https://evil.test/x»',
  ],
  passes: [
    'GET /authorize?client_id=a&response_type=code&redirect_uri=https://b.test/cb\n---\n302\nLocation: https://b.test/cb?code=x',
    'GET /go?url=/home\n---\n302\nLocation: /home',
    'GET /go?url=https://api.acme.test/home\n---\n302\nLocation: https://api.acme.test/home',
    'GET /go?url=https://evil.test/\n---\n302\nLocation: https://login.acme.test/?next=https://evil.test/',
    'GET /go?url=https://evil.test/\n---\n400\nLocation: https://evil.test/',
    'GET /go?id=7\n---\n302\nLocation: https://partner.test/7',
    'GET /go?url=https://www.acme.test/\n---\n302\nLocation: https://www.acme.test/',
    'GET /go?u=https://evil.test/\n---\n200\nContent-Type: text/html\n\n<p>',
  ],
  lowOnly: ['GET /go?url=https://www.acme.test/\n---\n302\nLocation: https://www.acme.test/'],
});
