/** Examples of secret-in-response, put together so that no scanner takes them for leaks. */
import { websocket } from '../run-check.ts';
import { answered, type Examples, TOKEN } from './example.ts';

const STRIPE = ['sk', 'live', `${TOKEN}${TOKEN}`].join('_');
const AWS = ['AKIA', 'QX7DPZJ2N5WRT4LM'].join('');

export const examples: Examples = {
  bad: [
    { session: answered({ key: STRIPE }), shown: STRIPE },
    { session: answered({ aws: { accessKeyId: AWS } }), shown: AWS },
    { session: websocket([['received', `{"key":"${STRIPE}"}`]]), shown: STRIPE },
  ],
  good: [
    answered({ key: ['pk', 'live', `${TOKEN}${TOKEN}`].join('_') }),
    answered({ key: ['sk', 'test', `${TOKEN}${TOKEN}`].join('_') }),
    answered({ aws: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } }),
    answered({ sha: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12' }),
    websocket([['sent', `{"key":"${STRIPE}"}`]]),
  ],
};
