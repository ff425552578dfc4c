/**
 * Filter expressions of mitmproxy (docs.mitmproxy.org, "Filter expressions") in this language, so that what people know by heart can be
 * pasted. Only complete translations: a form that has no counterpart here is refused by name.
 */
import { writeRegex } from './print.ts';

export type Translation =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Forms without an argument. */
const ALONE: Readonly<Record<string, string>> = {
  all: 'id>0',
  a: 'type~"javascript|css|image/|font|flash"',
  e: 'error!=""',
  q: 'not status>0',
  s: 'status>0',
  http: 'kind=http',
  websocket: 'kind=websocket',
  tcp: 'kind=tunnel',
  marked: 'mark>0',
  replay: 'source=replay',
  replayq: 'source=replay',
};

/** Forms with a regular expression; `$` is where it goes. */
const WITH_PATTERN: Readonly<Record<string, string>> = {
  u: 'url~$',
  d: 'host~$',
  m: 'method~$',
  b: '(body~$ or ws~$)',
  bq: 'reqbody~$',
  bs: 'resbody~$',
  h: 'head~$',
  hq: 'reqhead~$',
  hs: 'reshead~$',
  t: 'header:content-type~$',
  tq: 'reqheader:content-type~$',
  ts: 'resheader:content-type~$',
  src: 'client~$',
  dst: '(server~$ or host~$)',
  comment: 'comment~$',
};

const TOKEN =
  /\s*(?:([()!&|])|~([a-z]+)(?=[\s()!&|]|$)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()"']+))/y;

/** Whether the text has one of mitmproxy's forms standing alone; none begins a word of this language. */
export function isMitmproxy(text: string): boolean {
  return /(?:^|[\s(!&|])~[a-z]+(?=[\s()!&|]|$)/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
}

interface Piece {
  readonly kind: 'sign' | 'form' | 'argument';
  readonly text: string;
}

class Untranslatable extends Error {}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw new Untranslatable(`What stands at character ${at + 1} cannot be translated.`);
    const [, sign, form, double, single, bare] = found;
    if (sign !== undefined) pieces.push({ kind: 'sign', text: sign });
    else if (form !== undefined) pieces.push({ kind: 'form', text: form });
    else pieces.push({ kind: 'argument', text: bare ?? (double ?? single ?? '').replace(/\\(["'])/g, '$1') });
  }
  return pieces;
}

class Translator {
  readonly #pieces: readonly Piece[];
  #at = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  whole(): string {
    const text = this.#or();
    if (this.#at < this.#pieces.length) throw new Untranslatable('A ) closes nothing.');
    return text;
  }

  #sign(...signs: string[]): boolean {
    const piece = this.#pieces[this.#at];
    if (piece?.kind !== 'sign' || !signs.includes(piece.text)) return false;
    this.#at += 1;
    return true;
  }

  #or(): string {
    const terms = [this.#and()];
    while (this.#sign('|')) terms.push(this.#and());
    return terms.join(' or ');
  }

  #and(): string {
    const terms = [this.#not()];
    for (let next = this.#pieces[this.#at]; next !== undefined; next = this.#pieces[this.#at]) {
      if (!this.#sign('&') && next.kind === 'sign' && (next.text === '|' || next.text === ')')) break;
      terms.push(this.#not());
    }
    return terms.join(' and ');
  }

  #not(): string {
    if (this.#sign('!')) return `not ${this.#not()}`;
    if (this.#sign('(')) {
      const inner = this.#or();
      if (!this.#sign(')')) throw new Untranslatable('A ( is not closed.');
      return `(${inner})`;
    }
    const piece = this.#pieces[this.#at];
    this.#at += 1;
    if (piece?.kind === 'argument') return `url~${writeRegex(piece.text)}`;
    if (piece?.kind === 'form') return this.#form(piece.text);
    throw new Untranslatable('Something is missing in it.');
  }

  #form(name: string): string {
    if (Object.hasOwn(ALONE, name)) return ALONE[name] ?? '';
    if (name !== 'c' && !Object.hasOwn(WITH_PATTERN, name)) {
      throw new Untranslatable(`~${name} has no counterpart here.`);
    }
    const argument = this.#pieces[this.#at];
    this.#at += 1;
    if (argument?.kind !== 'argument') throw new Untranslatable(`~${name} needs a value.`);
    if (name !== 'c') return (WITH_PATTERN[name] ?? '').replaceAll('$', () => writeRegex(argument.text));
    if (!/^\d{1,3}$/.test(argument.text)) throw new Untranslatable('~c needs a status code.');
    return `status=${Number(argument.text)}`;
  }
}

/** The text in this language, or why there is none. */
export function translateMitmproxy(text: string): Translation {
  try {
    return { ok: true, text: new Translator(piecesOf(text)).whole() };
  } catch (error) {
    if (error instanceof Untranslatable) return { ok: false, message: error.message };
    throw error;
  }
}
