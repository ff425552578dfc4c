/** Tokens that can be forged, that never end, or that say more than they should. Secrets are guessed off line from a list. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Severity } from '#model/session.ts';
import type { CheckInput, Run, SeriesCheck } from '../check.ts';
import { COMMON_SECRETS } from '../reading/common-secrets.ts';
import { factsOf } from '../reading/head-fields.ts';
import { identityOf } from '../reading/identity.ts';
import type { Jwt } from '../reading/jwt.ts';
import { jwtsIn } from '../reading/jwt.ts';
import { RecentMap } from '../reading/recent-map.ts';
import { API, cheatSheet, TOP } from '../taxonomy.ts';

const DAY = 24 * 3600;
const HASH: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };
const SENSITIVE =
  /^(?:password|passwd|pwd|pass|password_?hash|secret|ssn|social_?security|credit_?card|card_?number|cvv|iban|pin|mfa_?secret|otp|dob|birth_?date|private_?key|api_?key)$/i;
const REFRESH = /refresh/i;

function hasCommonSecret({ header, signed, signature }: Jwt): boolean {
  const hash = HASH[String(header.alg)];
  if (hash === undefined || signature === '') return false;
  const given = Buffer.from(signature, 'base64url');
  return COMMON_SECRETS.some((secret) => {
    const made = createHmac(hash, secret).update(signed).digest();
    return made.length === given.length && timingSafeEqual(made, given);
  });
}

const seconds = (claim: unknown) => (typeof claim === 'number' && Number.isFinite(claim) ? claim : undefined);

function* faults(token: Jwt, input: CheckInput): Iterable<readonly [string, string, Severity]> {
  const { header, claims, signature, parameter } = token;
  const alg = String(header.alg ?? '').toLowerCase();
  if (alg === 'none' || alg === '' || signature === '') yield ['alg', 'is not signed', 'high'];
  else if (hasCommonSecret(token))
    yield ['signature', 'is signed with a secret that everybody tries first', 'high'];
  const exp = seconds(claims.exp);
  const iat = seconds(claims.iat) ?? seconds(claims.nbf) ?? input.session.row.startedAt / 1000;
  if (exp === undefined) yield ['exp', 'never expires', 'medium'];
  else if (
    exp - iat > DAY &&
    !REFRESH.test(parameter.path) &&
    !REFRESH.test(String(claims.typ ?? claims.token_use ?? claims.type ?? ''))
  ) {
    yield ['exp', 'is valid for more than a day', 'low'];
  }
  if (
    Object.entries(claims).some(
      ([name, value]) => SENSITIVE.test(name) && value !== null && value !== '' && typeof value !== 'boolean',
    )
  ) {
    yield ['claims', 'holds claims that every holder can read and should not', 'medium'];
  }
  const used = parameter.side === 'request' && (parameter.place === 'header' || parameter.place === 'cookie');
  const late = exp !== undefined && input.session.row.startedAt / 1000 > exp + 120;
  if (used && late && factsOf(input).success && identityOf(input)?.key.includes(token.signed)) {
    yield ['expired', 'was accepted after it had expired', 'high'];
  }
}

function begin(): Run {
  /** Tokens looked at, so that one that comes with every request is guessed at once. */
  const known = new RecentMap<string, readonly (readonly [string, string, Severity])[]>(2000);
  return function* run(input) {
    for (const token of jwtsIn(input)) {
      const { parameter, evidence, signed, signature, claims } = token;
      const exp = seconds(claims.exp);
      // Whether it has expired by now makes it another question.
      const late = exp !== undefined && input.session.row.startedAt / 1000 > exp + 120;
      const key = `${late} ${parameter.side} ${parameter.place} ${REFRESH.test(parameter.path)} ${signed}.${signature}`;
      const said = late ? [...faults(token, input)] : known.at(key, () => [...faults(token, input)]);
      for (const [what, fault, severity] of said) {
        yield {
          parameter: `${parameter.path} (${what})`,
          detail: `The token ${fault}.`,
          evidence: [evidence],
          severity,
        };
      }
    }
  };
}

export const jwtWeak: SeriesCheck = {
  info: {
    id: 'jwt-weak',
    title: 'Weak JSON Web Token',
    severity: 'medium',
    cwe: [345, 347, 613],
    owasp: [API[2], TOP[7]],
    what: 'A JSON Web Token is unsigned, signed with a guessable secret, valid for long or for ever, accepted after its end, or holds sensitive claims.',
    why: 'Who can sign tokens is everybody; a token that is stolen and never ends is a password that cannot be changed; claims are readable by all.',
    fix: 'Sign with a random key of 256 bits or an asymmetric one, refuse alg none, let tokens end within the hour, check exp, and keep data out of claims.',
    references: ['https://www.rfc-editor.org/rfc/rfc8725', cheatSheet('JSON_Web_Token_for_Java')],
  },
  confidence: 'high',
  begin,
};
