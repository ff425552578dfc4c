/** How a Postman request proves who sends it: what is a header or a parameter becomes one, what is computed anew each time is reported. */
import { bytesOf } from '#model/head-text.ts';
import type { Losses } from '../losses.ts';
import { base64, utf8ByteString } from '../octets.ts';
import { isFields, listOf, member, textIn, textOf } from '../requests/json-values.ts';

export interface AuthParts {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
}

const NONE: AuthParts = { headers: [], query: [] };

/** v2.1 has a list of key and value, v2.0 an object. */
function settings(auth: unknown, type: string): (name: string) => string {
  const given = member(auth, type);
  const values = isFields(given)
    ? new Map(Object.entries(given).map(([name, value]) => [name, textOf(value)]))
    : new Map(listOf(given).map((one) => [textIn(one, 'key'), textIn(one, 'value')]));
  return (name) => values.get(name) ?? '';
}

/** The credentials with variables still in them; `fill` puts those in their place, which Basic needs before it is encoded. */
export function postmanAuth(auth: unknown, fill: (text: string) => string, losses: Losses): AuthParts {
  const type = textIn(auth, 'type');
  const setting = settings(auth, type);
  const header = (value: string): AuthParts => ({ headers: [['Authorization', value]], query: [] });
  switch (type) {
    case '':
    case 'noauth':
      return NONE;
    case 'basic': {
      const credentials = fill(`${setting('username')}:${setting('password')}`);
      return header(`Basic ${base64(bytesOf(utf8ByteString(credentials)))}`);
    }
    case 'bearer':
      return header(`Bearer ${setting('token')}`);
    case 'apikey': {
      const pair = [setting('key'), setting('value')] as const;
      return setting('in') === 'query' ? { headers: [], query: [pair] } : { headers: [pair], query: [] };
    }
    case 'oauth2': {
      const token = setting('accessToken');
      if (token === '') break;
      if (setting('addTokenTo') === 'queryParams') return { headers: [], query: [['access_token', token]] };
      return header(`${setting('headerPrefix') || 'Bearer'} ${token}`);
    }
    default:
  }
  losses.add('credentials that are made anew for each request', type);
  return NONE;
}
