/**
 * Which credentials belong to one account: by the subject of a token, or by the login that gave them. Without either, each credential is an
 * account of its own. In bounded memory; credentials and names are told to nobody.
 */

import { createHash } from 'node:crypto';
import type { CheckInput } from '../check.ts';
import { identityOf, loginOf } from './identity.ts';
import { jwtsIn } from './jwt.ts';
import { parameters } from './parameters.ts';
import { RecentMap } from './recent-map.ts';
import { setCookies } from './set-cookies.ts';

const TOKEN_NAME =
  /^(?:access_?token|id_?token|auth_?token|token|jwt|session_?token|session_?id|api_?key|bearer)$/i;

/** As a key of maps: credentials are not kept longer than their session. */
const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

export class Accounts {
  readonly #users = new RecentMap<string, string>(20_000);

  /** Learns from a login that worked. */
  learn(input: CheckInput): void {
    const login = loginOf(input);
    if (login?.succeeded !== true || login.user === undefined) return;
    const user = digest(`user ${login.user.toLowerCase()}`);
    for (const { name, value, deletes } of setCookies(input)) {
      if (!deletes) this.#users.set(digest(`${name}=${value}`), user);
    }
    for (const { side, place, name, value } of parameters(input)) {
      if (side !== 'response' || place !== 'json' || !TOKEN_NAME.test(name) || value.length < 8) continue;
      for (const form of [value, `Bearer ${value}`, `bearer ${value}`, `Token ${value}`])
        this.#users.set(digest(form), user);
    }
  }

  /** Whose request it is; undefined for nobody's. */
  accountOf(input: CheckInput): string | undefined {
    const identity = identityOf(input);
    if (identity === undefined) return undefined;
    const own = digest(identity.key);
    const known = this.#users.get(own);
    if (known !== undefined) return known;
    const token = jwtsIn(input).find(({ signed }) => identity.key.includes(signed));
    const subject =
      token?.claims.sub ??
      token?.claims.user_id ??
      token?.claims.userId ??
      token?.claims.uid ??
      token?.claims.email;
    if (subject !== undefined) return digest(`${String(token?.claims.iss ?? '')} ${String(subject)}`);
    const basic = /^basic\s+([A-Za-z0-9+/=]+)$/i.exec(identity.key)?.[1];
    return basic === undefined
      ? own
      : digest(`basic ${Buffer.from(basic, 'base64').toString('latin1').split(':', 1)[0]}`);
  }
}
