/**
 * The grammar of the filter language; docs/filters.md tells it for people.
 *
 *     or    := and { "or" and }
 *     and   := not { ["and"] not }
 *     not   := ("not" | "-") not | "(" or ")" | condition | word
 *
 * Words and values in quotes are taken as they are. Parsing takes time in proportion to the text. What judges regular expressions is
 * given from outside, so that the workbench can show its first page before it has loaded that.
 */
import type { Filter, FilterProblem } from './ast.ts';
import { conditionFilter, inFilter, type Reading } from './condition.ts';
import { isMitmproxy, translateMitmproxy } from './mitmproxy.ts';
import { Fault, scanFilter, type Token } from './scan.ts';

const MAX_LENGTH = 4000;
const MAX_DEPTH = 60;

/** A filter, and where what follows its `|` begins. */
export type Parsed =
  | { readonly ok: true; readonly filter: Filter; readonly rest?: number }
  | { readonly ok: false; readonly problem: FilterProblem };

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  readonly #reading: Reading;

  constructor(tokens: readonly Token[], reading: Reading) {
    this.#tokens = tokens;
    this.#reading = reading;
  }

  parse(): { filter: Filter; rest?: number } {
    const start = this.#peek();
    const filter: Filter = start.type === 'end' || start.type === '|' ? { type: 'all' } : this.#or();
    const rest = this.#peek();
    if (rest.type === ')') throw new Fault('This ) closes nothing; remove it.', rest);
    return rest.type === '|' ? { filter, rest: rest.end } : { filter };
  }

  #peek(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Fault('The filter ends too soon.', { start: 0, end: 0 });
    return token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #or(): Filter {
    const terms = [this.#and()];
    while (this.#peek().type === 'or') {
      this.#next();
      terms.push(this.#and());
    }
    return terms.length === 1 && terms[0] !== undefined ? terms[0] : { type: 'or', terms };
  }

  #and(): Filter {
    const terms = [this.#not()];
    for (let token = this.#peek(); !['end', ')', 'or', '|'].includes(token.type); token = this.#peek()) {
      if (token.type === 'and') this.#next();
      terms.push(this.#not());
    }
    return terms.length === 1 && terms[0] !== undefined ? terms[0] : { type: 'and', terms };
  }

  #not(): Filter {
    const token = this.#next();
    switch (token.type) {
      case 'word':
        return { type: 'word', text: token.text };
      case 'condition':
        return conditionFilter(token, this.#reading);
      case 'in':
        return inFilter(token, this.#reading);
      case 'has': {
        const { field, name } = token;
        return name === undefined ? { type: 'has', field } : { type: 'has', field, name };
      }
      case 'not':
        return this.#nested(token, () => ({ type: 'not', term: this.#not() }));
      case '(':
        return this.#nested(token, () => this.#group(token));
      case 'end':
        throw new Fault('Something is missing at the end: a word, a condition or a group.', token);
      default:
        throw new Fault(`Before "${token.type}" a word, a condition or a group is missing.`, token);
    }
  }

  #group(open: Token): Filter {
    const filter = this.#or();
    if (this.#next().type !== ')') throw new Fault('This ( is not closed; add a ).', open);
    return filter;
  }

  #nested(token: Token, inner: () => Filter): Filter {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Fault('This is nested too deep; make it simpler.', token);
    const filter = inner();
    this.#depth -= 1;
    return filter;
  }
}

/** Parses up to a `|` that stands alone. Never throws: what is wrong comes back with its place in the text. */
export function parseUpToBar(text: string, reading: Reading): Parsed {
  if (text.length > MAX_LENGTH) {
    const message = `A filter may be ${MAX_LENGTH} characters long; this one has ${text.length}.`;
    return { ok: false, problem: { message, start: MAX_LENGTH, end: text.length } };
  }
  if (isMitmproxy(text)) {
    const translated = translateMitmproxy(text);
    const said = translated.ok ? `Here it is: ${translated.text}` : translated.message;
    const problem = { message: `This is written as for mitmproxy. ${said}`, start: 0, end: text.length };
    return { ok: false, problem: translated.ok ? { ...problem, suggestion: translated.text } : problem };
  }
  try {
    return { ok: true, ...new Parser(scanFilter(text, reading.vocabulary), reading).parse() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** The same of a filter alone: a `|` is wrong in it. */
export function parseAlone(text: string, reading: Reading): Parsed {
  const parsed = parseUpToBar(text, reading);
  if (!parsed.ok || parsed.rest === undefined) return parsed;
  const message =
    'What follows the | makes a table of the sessions: `sluice stats` shows it. Here, write the filter alone.';
  return { ok: false, problem: { message, start: parsed.rest - 1, end: text.length } };
}
