import { testCheck } from '../testing/test-check.ts';
import { fetchMetadata } from './fetch-metadata.ts';

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const ALL = 'Sec-Fetch-Site: same-origin\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty';

testCheck(fetchMetadata, {
  tellsValue: true,
  finds: [
    `GET /x\n${ALL.replace('same-origin', '«elsewhere»')}\n---\n200`,
    `GET /x\nUser-Agent: ${CHROME}\n---\n200`,
  ],
  passes: [
    `GET /x\nUser-Agent: ${CHROME}\n${ALL}\n---\n200`,
    'GET /x\nUser-Agent: curl/8.0\n---\n200',
    `GET /x\n${ALL}\nSec-Fetch-User: ?1\n---\n200`,
    `GET http://a.test/x\nUser-Agent: ${CHROME}\n---\n200`,
  ],
  lowOnly: ['GET /x\nUser-Agent: curl/8.0\n---\n200'],
});
