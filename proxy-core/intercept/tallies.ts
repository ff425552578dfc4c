/** How often each rule has matched in this run and when last, and how often an action of it failed. By name, so that counts outlive a reload. */
import type { RuleTally } from '#model/rules/tally.ts';

export class Tallies {
  readonly #byRule = new Map<string, { matches: number; last: number; failures: number }>();
  /** Grows with each count. */
  version = 0;

  matched(rule: string): void {
    const tally = this.#of(rule);
    tally.matches += 1;
    tally.last = Date.now();
  }

  failed(rule: string): void {
    this.#of(rule).failures += 1;
  }

  matches(rule: string): number {
    return this.#byRule.get(rule)?.matches ?? 0;
  }

  list(): RuleTally[] {
    return Array.from(this.#byRule, ([rule, tally]) => ({ rule, ...tally }));
  }

  /** Begins again from nothing. */
  reset(rule: string): void {
    this.#byRule.delete(rule);
    this.version += 1;
  }

  #of(rule: string) {
    this.version += 1;
    let tally = this.#byRule.get(rule);
    if (tally === undefined) {
      tally = { matches: 0, last: 0, failures: 0 };
      this.#byRule.set(rule, tally);
    }
    return tally;
  }
}
