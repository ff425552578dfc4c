/** Moves a body from one stream to another and shows it to an observer on the way; whoever is slowest sets the pace. */
import type { Readable, Writable } from 'node:stream';

/** Undefined: go on. A promise: read no more until it resolves. */
export type Pressure = Promise<void> | undefined;

function writable(destination: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      destination.off('drain', done).off('close', done);
      resolve();
    };
    destination.on('drain', done).on('close', done);
  });
}

/** Does not end `destination`: who calls it decides what an end means. `observe` sees each chunk before it is written. */
export function pump(
  source: Readable,
  destination: Writable | undefined,
  observe: (chunk: Buffer) => Pressure,
): void {
  source.on('data', (chunk: Buffer) => {
    const pressure = observe(chunk);
    const full = destination !== undefined && !destination.destroyed && !destination.write(chunk);
    if (!full && pressure === undefined) return;
    source.pause();
    void Promise.all([pressure, full ? writable(destination) : undefined]).then(() => source.resume());
  });
}
