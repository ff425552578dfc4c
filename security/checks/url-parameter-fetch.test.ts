import { testCheck } from '../testing/test-check.ts';
import { urlParameterFetch } from './url-parameter-fetch.ts';

const OK = '200\nContent-Type: application/json\n\n{"title":"A page"}';

testCheck(urlParameterFetch, {
  finds: [
    `GET /api/preview?url=«https://b.test/page»\n---\n${OK}`,
    `POST /import\nContent-Type: application/json\n\n{"source_url":"«http://b.test/data.csv»"}\n---\n${OK}`,
    `GET /x?host=«169.254.169.254»\n---\n${OK}`,
    `POST /contact\nContent-Type: application/json\n\n{"mechanic_api":"«http://localhost:8888/x»"}\n---\n${OK}`,
    `GET /proxy?url=«https%3A%2F%2Fb.test%2F»\n---\n200\nContent-Type: text/html\n\n<p>`,
  ],
  passes: [
    `GET /login?redirect_uri=https://b.test/cb\n---\n${OK}`,
    `GET /x?q=https://b.test/\n---\n${OK}`,
    `GET /api/preview?url=https://b.test/page\n---\n400\nContent-Type: application/json\n\n{}`,
    `GET /api/preview?url=/page\n---\n${OK}`,
    `POST /webhooks\nContent-Type: application/json\n\n{"url":"https://b.test/hook"}\n---\n201\nContent-Type: application/json\n\n{"id":1,"url":"https://b.test/hook"}`,
    `POST /me\nContent-Type: application/json\n\n{"website":"https://b.test"}\n---\n${OK}`,
    `GET /collect?dl=https://b.test/\n---\n${OK}`,
  ],
});
