import { testCheck } from '../testing/test-check.ts';
import { privateIpDisclosure } from './private-ip-disclosure.ts';

const json = (body: object) => `200\nContent-Type: application/json\n\n${JSON.stringify(body)}`;

testCheck(privateIpDisclosure, {
  finds: [
    json({ db: '«10.0.3.17»' }),
    json({ url: 'http://«192.168.10.4»:8080/x' }),
    '200\nContent-Type: text/html\n\n<!-- served by «172.20.1.9» -->',
    '200\nContent-Type: text/plain\n\nhost «ip-10-1-2-3»',
    json({ dsn: 'redis://user:pw@«10.20.30.40»:6379/0' }),
  ],
  passes: [
    json({ version: '10.0.3.17' }),
    json({ address: '8.8.8.8', other: '172.32.0.1', third: '192.169.1.1' }),
    json({ build: '10.2.3.4', firmware: 'v10.1.2.3' }),
    json({ oid: '1.3.10.0.3.17.2' }),
    json({ n: 10.033, list: '10.0.3' }),
    'GET http://10.0.3.17/\n---\n200\nContent-Type: text/html\n\n<a href="http://10.0.3.17/">',
    json({ a: '10.300.1.2', b: '110.0.3.17', c: '10.0.3.1789' }),
    '200\nContent-Type: text/css\n\na{b:10.0.3.17}',
    json({ network: '10.0.0.0' }),
  ],
});
