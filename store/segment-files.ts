/** The files of segments: what they are called, which are there, how long they are. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^bodies-(\d{6,})\.seg$/;

/** A run of bytes in a segment. */
export interface Place {
  readonly segment: number;
  readonly position: number;
}

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `bodies-${String(segment).padStart(6, '0')}.seg`);
}

/** The segments that are there, by number, with their sizes in bytes. */
export function segmentSizes(folder: string): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const name of readdirSync(folder)) {
    const number = NAME.exec(name)?.[1];
    const size =
      number === undefined ? undefined : statSync(join(folder, name), { throwIfNoEntry: false })?.size;
    if (size !== undefined) sizes.set(Number(number), size);
  }
  return sizes;
}
