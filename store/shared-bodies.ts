/**
 * Leaves out of a batch the bodies that are in a segment already: the session then refers to the copy that is there. Only bodies that came
 * whole in one batch are looked at; longer ones meet in compaction.
 */
import type { Batch } from './batch.ts';
import { type BodyIndex, fingerprint } from './body-index.ts';
import { ACTIVE } from './codes.ts';
import { type Cut, cutsBefore, inOrder } from './cuts.ts';
import type { Flight, Run } from './flight.ts';
import type { Gathered } from './flights.ts';
import type { Place } from './segments.ts';

/** A body that will be in the segment when the batch is. */
interface New {
  readonly print: number;
  readonly body: Uint8Array;
  readonly run: Run;
}

/** The run that is all of a body, brought by the batch in hand. */
function wholeRun(flight: Flight, side: 0 | 1, base: Place): Run | undefined {
  const run = flight.lastRun[side];
  if (run === undefined || run.start !== 0 || run.logged || run.length !== flight.sizes[side])
    return undefined;
  return run.segment === base.segment && run.position >= base.position ? run : undefined;
}

/** Moves runs and messages to where they lie once the cuts are made. */
function moveUp(changed: readonly Flight[], cuts: readonly Cut[], base: Place): void {
  const before = cutsBefore(cuts);
  for (const { runs, messageEntries } of changed) {
    for (const run of runs) {
      const offset = run.position - base.position;
      if (run.shared !== true && run.segment === base.segment && offset >= 0) run.position -= before(offset);
    }
    for (let i = 0; i < messageEntries.length; i += 3) {
      const offset = messageEntries[i] ?? 0;
      messageEntries[i] = offset - before(offset);
    }
  }
}

/** Decides what of the batch's bytes is written, gives every run its final place, and answers the cuts in order. */
export function shareBodies(gathered: Gathered, batch: Batch, base: Place, bodies: BodyIndex): Cut[] {
  const fresh = new Map<number, New>();
  const twins: { readonly run: Run; readonly of: Run }[] = [];
  for (const flight of gathered.changed) {
    if (flight.state === ACTIVE) continue;
    for (const side of [0, 1] as const) {
      const run = wholeRun(flight, side, base);
      if (run === undefined) continue;
      const offset = run.position - base.position;
      const body = batch.bytes.subarray(offset, offset + run.length);
      const print = fingerprint(body);
      if (print === undefined) continue;
      const twin = fresh.get(print);
      const place = bodies.find(print, body);
      if (place !== undefined) Object.assign(run, place);
      else if (twin !== undefined && Buffer.compare(twin.body, body) === 0) twins.push({ run, of: twin.run });
      else {
        fresh.set(print, { print, body, run });
        continue;
      }
      run.shared = true;
      gathered.cuts.push({ offset, length: body.length });
    }
  }
  const cuts = inOrder(gathered.cuts);
  if (cuts.length > 0) moveUp(gathered.changed, cuts, base);
  for (const { run, of } of twins) Object.assign(run, { segment: of.segment, position: of.position });
  for (const { print, body, run } of fresh.values()) bodies.add(print, body.length, run);
  return cuts;
}
