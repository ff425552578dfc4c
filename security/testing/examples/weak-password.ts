/** Examples of weak-password. */
import { websocket } from '../run-check.ts';
import { type Examples, posted } from './example.ts';

export const examples: Examples = {
  bad: [
    { session: posted({ user: 'mia', password: 'qwerty123' }), shown: 'qwerty123' },
    { session: posted({ login: { email: 'mia@a.test', password: 'mia@a.test' } }), shown: 'mia@a.test' },
    { session: websocket([['sent', '42["login",{"password":"letmein"}]']]), shown: 'letmein' },
  ],
  good: [
    posted({ user: 'mia', password: 'vK8#qTz!2mLw9Rxp' }),
    posted({ user: 'mia', password: '********' }),
    posted({ user: 'mia', passwordHint: 'qwerty123' }),
    { responseBody: '{"password":"qwerty123"}' },
    websocket([['received', '{"password":"letmein"}']]),
  ],
};
