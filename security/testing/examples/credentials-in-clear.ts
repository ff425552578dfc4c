/** Examples of credentials-in-clear. */
import { websocket } from '../run-check.ts';
import { asked, type Examples, posted, TOKEN } from './example.ts';

export const examples: Examples = {
  bad: [
    { session: asked('http://a.test/', 'Authorization', `Bearer ${TOKEN}`), shown: `Bearer ${TOKEN}` },
    { session: posted({ user: 'mia', password: 'vK8#qTz!2m' }, 'http://a.test/login'), shown: 'vK8#qTz!2m' },
    { session: websocket([['sent', '{"password":"vK8#qTz!2m"}']]), shown: 'vK8#qTz!2m' },
  ],
  good: [
    asked('https://a.test/', 'Authorization', `Bearer ${TOKEN}`),
    asked('http://a.test/', 'X-Request-Id', TOKEN),
    asked('http://a.test/', 'Cookie', 'theme=dark; lang=en-GB'),
    posted({ user: 'mia', password: '' }, 'http://a.test/login'),
    websocket([['received', '{"password":"vK8#qTz!2m"}']]),
  ],
};
