/** Examples of credentials-in-url. */
import { asked, type Examples, TOKEN } from './example.ts';

export const examples: Examples = {
  bad: [
    { session: { url: `https://a.test/x?access_token=${TOKEN}` }, shown: TOKEN },
    { session: { url: 'https://a.test/login?user=mia&password=vK8qTz2m' }, shown: 'vK8qTz2m' },
    { session: asked('https://a.test/', 'Referer', `https://b.test/?api_key=${TOKEN}`), shown: TOKEN },
  ],
  good: [
    { url: `https://a.test/x?page_token=${TOKEN}` },
    { url: `https://a.test/x?id=${TOKEN}` },
    { url: 'https://a.test/x?password=' },
    { url: 'https://a.test/x?token=1' },
    asked('https://a.test/', 'Referer', 'https://b.test/?tab=passwords'),
  ],
};
