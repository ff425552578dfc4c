/**
 * What users ask to have done to traffic, as one object that the host changes and engines ask: the rules in force, their counts, what is
 * paused. Without rules an engine asks one question for each request and gets no for an answer.
 */
import { NO_RULES, type RuleProblem, type RuleSet } from '#model/rules/rule.ts';
import type { SessionId } from '#model/session.ts';
import type { Sources } from './answer.ts';
import { Breakpoints } from './breakpoints.ts';
import { compileRules } from './compile-rule.ts';
import { RuleBook } from './rule-book.ts';
import type { Note } from './step.ts';
import { Tallies } from './tallies.ts';

export interface InterceptionOptions {
  readonly sources: Sources;
  /** Writes a mark or a comment on a session that is recorded. */
  readonly note?: (id: SessionId, note: Note) => void;
  readonly random?: () => number;
}

export class Interception {
  readonly breakpoints = new Breakpoints();
  readonly tallies = new Tallies();
  readonly note: (id: SessionId, note: Note) => void;
  readonly #random: () => number;
  #sources: Sources;
  #rules: RuleSet = NO_RULES;
  #book: RuleBook | undefined;

  constructor({ sources, note = () => {}, random = Math.random }: InterceptionOptions) {
    this.#sources = sources;
    this.note = note;
    this.#random = random;
  }

  /** What was loaded last. */
  get rules(): RuleSet {
    return this.#rules;
  }

  /** Undefined while there is nothing to do. */
  get book(): RuleBook | undefined {
    return this.#book;
  }

  /**
   * Puts these rules in the place of those there were, for requests from now on; paths of files are relative to `folder`. With a problem nothing
   * changes.
   */
  load(rules: RuleSet, folder = this.#sources.folder): readonly RuleProblem[] {
    const sources = { ...this.#sources, folder };
    const compiled = compileRules(rules, sources);
    if (!compiled.ok) return compiled.problems;
    this.#sources = sources;
    this.#rules = rules;
    this.#book =
      compiled.rules.length === 0 ? undefined : new RuleBook(compiled.rules, this.tallies, this.#random);
    return [];
  }
}
