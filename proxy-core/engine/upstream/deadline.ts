/** One time limit over several steps, joined with the caller's wish to stop. Dispose of it when the steps are done: it holds a timer. */
import { TimeLimitError } from '../failure.ts';

export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #outer: AbortSignal | undefined;

  /** Aborts its signal after `ms` with a TimeLimitError, or with `outer`'s reason as soon as that aborts. */
  constructor(ms: number, outer?: AbortSignal) {
    this.#timer = setTimeout(() => this.#controller.abort(new TimeLimitError('connect')), ms);
    this.#outer = outer;
    if (outer?.aborted) this.#follow();
    else outer?.addEventListener('abort', this.#follow);
  }

  readonly #follow = (): void => this.#controller.abort(this.#outer?.reason);

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#follow);
  }
}
