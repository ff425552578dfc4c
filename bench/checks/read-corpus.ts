/**
 * The labelled corpus of the security checks: text files of cases, each a line of "== checks that must find fault | title", and the sessions
 * as proxy-core/testing/session-text.ts reads them, parted by "--- ---". What a case does not say of its answer is as it should be, so
 * that a label names all there is to find. "!Name" takes a field away, "x6" at the end of a title repeats the session.
 */
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { HeaderPair } from '#model/headers.ts';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { sessionText } from '#proxy-core/testing/session-text.ts';
import { PAGE_FIELDS, STRICT } from '#proxy-core/testing/vulnerable-api.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';

export interface Case {
  readonly file: string;
  readonly title: string;
  /** Ids of checks; empty for a case in which nothing is to be found. */
  readonly expected: readonly string[];
  readonly sessions: readonly SessionOverrides[];
}

/** When all sessions begin, s since the epoch. */
export const NOW = 1_750_000_000;
const CORPUS = new URL('./corpus/', import.meta.url);

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** "{jwt secret=x alg=none exp=none}": a token of this kind, valid for a quarter of an hour where nothing is said. */
function jwt(wishes: string): string {
  const wish = new Map(
    wishes
      .trim()
      .split(/\s+/)
      .map((part) => [part.split('=', 1)[0] ?? '', part.split('=')[1] ?? '']),
  );
  const alg = wish.get('alg') ?? 'HS256';
  const exp = wish.get('exp') === 'none' ? {} : { exp: NOW + 900 };
  const signed = `${encoded({ alg, typ: 'JWT' })}.${encoded({ sub: '7f9c', iat: NOW, ...exp })}`;
  const secret = wish.get('secret') ?? 'Zq8rT2mVbX5nK7wLp3Hd9sFjG4cYtR1u';
  return `${signed}.${alg === 'none' ? '' : createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Keys are written in two parts, so that no scanner takes the corpus for a leak. */
const joined = (text: string) =>
  text
    .replace(/(AKIA|AIza|ghp_|sk_|T0SLACK|B0SLACK)\{([^}]*)\}/g, '$1$2')
    .replace(/\{jwt([^}]*)\}/g, (_, wishes: string) => jwt(wishes));

function withDefaults(session: SessionOverrides): SessionOverrides {
  const given = session.responseHeaders ?? [];
  const named = new Set(given.map(([name]) => name.toLowerCase()));
  const removed = new Set([...named].filter((name) => name.startsWith('!')).map((name) => name.slice(1)));
  const type = given.find(([name]) => /^content-type$/i.test(name))?.[1] ?? '';
  const page: HeaderPair[] = /^text\/html/.test(type)
    ? [['Content-Security-Policy', STRICT], ...PAGE_FIELDS.map(([name, value]): HeaderPair => [name, value])]
    : [];
  const usual = [...WELL_MADE, ...page].filter(
    ([name]) => !named.has(name.toLowerCase()) && !removed.has(name.toLowerCase()),
  );
  const empty = session.responseBody === '';
  const headers = [
    ...given.filter(([name]) => !name.startsWith('!')),
    ...usual.filter(([name]) => !(empty && /^content-type$/i.test(name))),
  ];
  return { ...session, responseHeaders: headers };
}

/** "!Name" has no colon, which session-text.ts wants. */
const readable = (text: string) => text.replace(/^!([\w-]+)$/gm, '!$1: x');

export function readCases(file: string, text: string, first: number): Case[] {
  return text
    .split(/^== /m)
    .slice(1)
    .map((part, i) => {
      const [head = '', ...lines] = part.split('\n');
      const [ids = '', name = ''] = head.split('|');
      const times = Number(/ x(\d+)\s*$/.exec(name)?.[1] ?? 1);
      // A host of its own, so that cases do not meet in what checks remember.
      const body = joined(lines.join('\n')).replaceAll('api.acme.test', `api-${first + i}.acme.test`);
      const texts = body
        .split(/^--- ---$/m)
        .flatMap((session) => Array.from({ length: times }, (_, n) => session.replaceAll('{i}', String(n))));
      return {
        file,
        title: name.trim(),
        expected: ids
          .trim()
          .split(/\s+/)
          .filter((id) => id !== ''),
        sessions: texts.map((session) => {
          const read = sessionText(readable(session)).session;
          const url = (read.url ?? '').replace('//api.acme.test', `//api-${first + i}.acme.test`);
          return withDefaults({ ...read, url });
        }),
      };
    });
}

/** Every case of the repository. */
export function readCorpus(): Case[] {
  const cases: Case[] = [];
  for (const file of readdirSync(CORPUS).toSorted()) {
    cases.push(...readCases(file, readFileSync(new URL(file, CORPUS), 'utf8'), cases.length + 1));
  }
  return cases;
}
