/** Secrets for tests: of every kind, each value of its own, made at run time so that no scanner takes this file for a leak. */

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';

export type Draw = (length: number, alphabet?: string) => string;

/** Words of an alphabet that always hold a digit and a letter. */
export function drawer(random: () => number): Draw {
  return (length, alphabet = BASE62) => {
    const word = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
    return /\d/.test(word) && /[A-Za-z]/.test(word)
      ? word
      : `${word.slice(0, -2)}${alphabet.includes('z') ? 'z7' : 'A2'}`;
  };
}

const base64url = (text: string) => Buffer.from(text).toString('base64url');

function jwt(draw: Draw): string {
  const header = base64url('{"alg":"HS256","typ":"JWT"}');
  return `${header}.${base64url(`{"sub":"${draw(10)}","iat":1750000000}`)}.${draw(43)}`;
}

function pem(draw: Draw): string {
  const lines = Array.from({ length: 6 }, () => draw(64)).join('\n');
  return `-----BEGIN RSA PRIVATE KEY-----\n${lines}\n-----END RSA PRIVATE KEY-----`;
}

/** Kinds that their looks give away wherever they stand. */
export const SHAPED: Readonly<Record<string, (draw: Draw) => string>> = {
  jwt,
  'aws-access-key-id': (draw) => `AKIA${draw(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
  'github-token': (draw) => `ghp_${draw(36)}`,
  'gitlab-token': (draw) => `glpat-${draw(20)}`,
  'slack-token': (draw) => `xoxb-${draw(12, '123456789').replace(/\D/g, '4')}-${draw(24)}`,
  'stripe-secret-key': (draw) => `sk_live_${draw(24)}`,
  'google-api-key': (draw) => `AIza${draw(35)}`,
  'npm-token': (draw) => `npm_${draw(36)}`,
  'sendgrid-key': (draw) => `SG.${draw(22)}.${draw(43)}`,
  'anthropic-key': (draw) => `sk-ant-api03-${draw(90)}`,
  'openai-key': (draw) => `sk-proj-${draw(40)}T3BlbkFJ${draw(40)}`,
  'connection-string': (draw) => `postgres://app:${draw(12)}@db.internal:5432/shop`,
};

/** Kinds that only their names tell. */
export const NAMED: Readonly<Record<string, (draw: Draw) => string>> = {
  password: (draw) => `${draw(6)}&é"${draw(4)}!`,
  token: (draw) => draw(40),
  session: (draw) => draw(32, HEX),
  'api-key': (draw) => draw(28),
};

/** Not for places of one line. */
export const MULTILINE: Readonly<Record<string, (draw: Draw) => string>> = { 'private-key': pem };

/** A name under which a value of that kind stands. */
export const NAMES: Readonly<Record<string, string>> = {
  password: 'password',
  token: 'access_token',
  session: 'session_id',
  'api-key': 'apiKey',
};
