/**
 * One going through of a scenario: what each answer gives is put into the requests after it, at the parts that held the recorded value. A value that
 * an answer does not have any more leaves the recorded one, and is told. Pure.
 */
import type { Variable } from '#model/replay/scenario.ts';
import type { Session, SessionId } from '#model/session.ts';
import { type PlainRequest, requestPart } from '../request-part.ts';
import { valueAt } from './answer-values.ts';
import { requestValues } from './request-values.ts';

export interface Taken {
  /** Names of variables that this answer gave. */
  readonly taken: string[];
  /** Names of those that it should have given. */
  readonly missing: string[];
}

export class Chain {
  readonly #variables: readonly Variable[];
  /** By recorded value. */
  readonly #now = new Map<string, string>();

  constructor(variables: readonly Variable[]) {
    this.#variables = variables;
  }

  /** The request of `session` with what earlier answers gave. `recordedBody` is free of codings, as is the request's. */
  filled<R extends PlainRequest>(request: R, session: Session, recordedBody: Uint8Array): R {
    const { id } = session.row;
    const wholes = new Map<string, string>();
    for (const { part, whole } of requestValues(session, recordedBody)) wholes.set(part, whole);
    let filled: PlainRequest = request;
    for (const { value, uses } of this.#variables) {
      const now = this.#now.get(value);
      if (now === undefined) continue;
      for (const { part } of uses.filter((use) => use.id === id)) {
        const whole = (wholes.get(part) ?? value).replaceAll(value, () => now);
        // Two variables may stand in one part.
        wholes.set(part, whole);
        filled = requestPart(part).set(filled, whole);
      }
    }
    return { ...request, ...filled };
  }

  /** The answer to the request of the recorded session `id`. */
  answered(id: SessionId, answer: Session, text: string): Taken {
    const taken: string[] = [];
    const missing: string[] = [];
    for (const { name, from, source, value } of this.#variables) {
      if (from !== id) continue;
      const now = valueAt(answer, text, source);
      if (now === undefined) missing.push(name);
      else {
        taken.push(name);
        this.#now.set(value, now);
      }
    }
    return { taken, missing };
  }

  /** Whether two values differ by nothing but what variables are now. */
  readonly same = (recorded: string, now: string): boolean => {
    let expected = recorded;
    for (const [before, after] of this.#now) expected = expected.replaceAll(before, () => after);
    return expected === now;
  };
}
