/** What a store that reads and one that writes have in common: the parts that answer questions, and the calls that are only questions. */
import type { DatabaseSync } from 'node:sqlite';
import type { Retention } from '#model/contract/contract.ts';
import type { StoreTotals } from './capture-store.ts';
import { findingGroups, findingsOf } from './findings.ts';
import type { ListReader } from './list-reader.ts';
import type { Lists } from './lists.ts';
import type { StoreCalls } from './protocol.ts';
import type { SessionReader } from './session-reader.ts';
import type { Counts } from './totals.ts';
import { Verification } from './verification.ts';
import { readWholeSessions } from './whole-sessions.ts';

/** How long a step of something long may take, ms. */
export const STEP_MS = 40;

export interface Source {
  readonly path: string;
  readonly db: DatabaseSync;
  readonly list: ListReader;
  readonly lists: Lists;
  readonly reader: SessionReader;
}

export function readingCalls(source: () => Source) {
  let verification: Verification | undefined;
  return {
    flush: () => {},
    step: (...args) => source().list.step(...args),
    ids: (...args) => source().list.ids(...args),
    measureThese: (...args) => source().lists.measurer.of(...args),
    tree: (...args) => source().list.tree.step(...args),
    timeline: (...args) => source().list.timeline.step(...args),
    position: (...args) => source().list.position(...args),
    look: (...args) => source().lists.judge.look(...args),
    measure: (...args) => source().lists.measurer.page(...args),
    get: (id) => source().reader.get(id),
    readBody: (...args) => source().reader.readBody(...args),
    messages: (...args) => source().reader.messages(...args),
    wholeSessions: (...args) => readWholeSessions(source().reader, ...args),
    findings: (id) => findingsOf(source().db, id),
    findingGroups: () => findingGroups(source().db),
    verify: (begin) => {
      const { path, db, reader } = source();
      if (begin || verification === undefined) verification = new Verification({ folder: path, db, reader });
      return verification.step(STEP_MS);
    },
  } satisfies Partial<StoreCalls>;
}

/** `counts` as the store tells them. */
export function totalsOf(
  counts: Counts,
  more: {
    readonly missed: number;
    readonly paused: string | undefined;
    readonly diskBytes: number;
    readonly retention: Retention;
  },
): StoreTotals {
  const { sessions, active, decrypted, findings, deadBytes } = counts;
  const { droppedSessions, droppedBodies, droppedBytes } = counts;
  const { missed, paused, diskBytes, retention } = more;
  return {
    sessions,
    active,
    decrypted,
    findings,
    diskBytes,
    deadBytes: Math.min(deadBytes, diskBytes),
    losses: {
      droppedSessions,
      droppedBodies,
      droppedBytes,
      missed,
      ...(paused === undefined ? {} : { paused }),
    },
    retention,
  };
}
