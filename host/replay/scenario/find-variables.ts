/**
 * Which values of answers are used in later requests of a sequence: tokens, ids, nonces. What the client itself had sent before an answer said it is
 * no variable: the server only repeats it. Pure; it reads each session once, in order.
 */
import type { ValueSource, Variable } from '#model/replay/scenario.ts';
import type { Session, SessionId } from '#model/session.ts';
import { answerValues } from './answer-values.ts';
import { requestValues } from './request-values.ts';

const MOST_KNOWN = 50_000;
/** Shorter ones are the same by chance, unless their names say that they are meant. */
const LONG_ENOUGH = 8;
const TELLING_NAME =
  /(?:^|[._\-[\]'$])(?:[a-z]*id|uuid|guid|key|code|state|nonce|csrf\w*|xsrf\w*|\w*token|etag|version|session|sid)['\]]*$|(?:Id|Key|Token|Code)['\]]*$/i;
const WORD = /^[a-z]{1,12}$/i;
/** Dates and times are said, not given to be sent back. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ].*)?$|^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4}/;

const nameOf = (source: ValueSource) => (source.kind === 'json' ? source.path : source.name);

function mayBeVariable({ source, value }: { source: ValueSource; value: string }): boolean {
  if (value === '' || value.length > 8192 || TIME.test(value)) return false;
  if (source.kind !== 'json' && source.kind !== 'header') return true;
  if (TELLING_NAME.test(nameOf(source))) return true;
  return value.length >= LONG_ENOUGH && !WORD.test(value) && !/\s/.test(value);
}

/** A short id in a place that says nothing of ids is there by chance. */
function mayBeUse(part: string, value: string): boolean {
  if (value.length >= LONG_ENOUGH) return true;
  return /^(?:path\.|cookie\.|header\.authorization$)/i.test(part) || TELLING_NAME.test(part);
}

interface Known {
  readonly source: ValueSource;
  readonly from: SessionId;
}

/** "csrf", and "csrf 2" for the next of that name. */
function uniqueName(source: ValueSource, taken: Set<string>): string {
  const plain =
    nameOf(source)
      .replace(/^.*[.\]]([^.[\]]+)$/, '$1')
      .replace(/[^\w-]+/g, '') || source.kind;
  let name = plain;
  for (let n = 2; taken.has(name); n++) name = `${plain} ${n}`;
  taken.add(name);
  return name;
}

export class VariableFinder {
  readonly #known = new Map<string, Known>();
  /** What the client said before any answer did. */
  readonly #own = new Set<string>();
  readonly #variables = new Map<string, Variable>();
  readonly #names = new Set<string>();

  /** The next session, with its request's body without codings and the text of its answer. */
  add(session: Session, requestBody: Uint8Array, answerText: string): void {
    const { id } = session.row;
    for (const { part, value } of requestValues(session, requestBody)) {
      const known = this.#known.get(value);
      if (known === undefined) this.#own.add(value);
      else if (mayBeUse(part, value)) this.#use(value, known, { id, part });
    }
    for (const found of answerValues(session, answerText)) {
      const { value, source } = found;
      if (this.#known.size >= MOST_KNOWN) return;
      if (this.#own.has(value) || this.#known.has(value) || !mayBeVariable(found)) continue;
      this.#known.set(value, { source, from: id });
    }
  }

  #use(value: string, { source, from }: Known, use: Variable['uses'][number]): void {
    const variable = this.#variables.get(value);
    if (variable !== undefined) variable.uses.push(use);
    else {
      const name = uniqueName(source, this.#names);
      this.#variables.set(value, { name, from, source, value, uses: [use] });
    }
  }

  /** In the order in which they are first used. */
  get variables(): Variable[] {
    return [...this.#variables.values()];
  }
}
