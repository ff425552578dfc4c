/** For how long something has not moved on, asked now and then: as exact as one asks often. */
export class Standstill {
  #progress: number | undefined;
  #since = 0;

  /** ms since `progress` was first seen as it is, at `now`. */
  at(progress: number, now: number): number {
    if (progress !== this.#progress) {
      this.#progress = progress;
      this.#since = now;
    }
    return now - this.#since;
  }

  /** It is not its fault that it stands still. */
  restart(): void {
    this.#progress = undefined;
  }
}
