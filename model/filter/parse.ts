/**
 * The filter language:
 *
 *     or    := and { "or" and }
 *     and   := not { ["and"] not }
 *     not   := ("not" | "-") not | "(" or ")" | condition | word
 *
 * A condition is `field:value` (contains; for numbers equals) or a field with = != > < >= <=. Words and values in quotes are taken as
 * they are. Parsing never throws and takes time in proportion to the text.
 */
import type { Filter, FilterResult } from './ast.ts';
import { FIELDS } from './fields.ts';
import { Fault, scanFilter, type Token } from './scan.ts';
import { numberCondition, VALUE_HELP } from './values.ts';

const MAX_LENGTH = 4000;
const MAX_DEPTH = 60;

type Condition = Extract<Token, { type: 'condition' }>;

function conditionFilter(token: Condition): Filter {
  const { field, operator, value, quoted } = token;
  const { kind } = FIELDS[field];
  if (kind !== 'text') {
    const filter = numberCondition(field, kind, operator, value);
    if (filter !== undefined) return filter;
    throw new Fault(`${field} is compared with ${VALUE_HELP[kind]}.`, {
      start: token.valueStart,
      end: token.end,
    });
  }
  if (operator !== ':' && operator !== '=' && operator !== '!=') {
    throw new Fault(`${field} is text: use ${field}: or ${field}= or ${field}!=.`, token);
  }
  if (field === 'host' && !quoted && value.includes('*')) {
    const wildcard: Filter = { type: 'wildcard', field, pattern: value };
    return operator === '!=' ? { type: 'not', term: wildcard } : wildcard;
  }
  return { type: 'text', field, operator, text: value };
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Filter {
    if (this.#peek().type === 'end') return { type: 'all' };
    const filter = this.#or();
    const rest = this.#peek();
    if (rest.type === ')') throw new Fault('This ) closes nothing; remove it.', rest);
    return filter;
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
    for (let token = this.#peek(); !['end', ')', 'or'].includes(token.type); token = this.#peek()) {
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
        return conditionFilter(token);
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

/** Parses a filter's text; "" selects everything. Never throws: what is wrong comes back with its place in the text. */
export function parseFilter(text: string): FilterResult {
  if (text.length > MAX_LENGTH) {
    const message = `A filter may be ${MAX_LENGTH} characters long; this one has ${text.length}.`;
    return { ok: false, problem: { message, start: MAX_LENGTH, end: text.length } };
  }
  try {
    return { ok: true, filter: new Parser(scanFilter(text)).parse() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, problem: error.problem };
    throw error;
  }
}
