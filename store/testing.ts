/** For the store's tests: folders that go away afterwards, and the usual questions in short. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { CaptureEvent } from '#model/capture-event.ts';
import { severityRank } from '#model/filter/fields.ts';
import { parseFilter } from '#model/filter/parse.ts';
import type { FullSession, SessionRow } from '#model/session.ts';
import { eventsOf } from '#model/session-events.ts';
import type { Batch } from './batch.ts';
import { BatchPacker } from './batch-packer.ts';
import type { CaptureStore, StoreQuery, StoreTotals } from './capture-store.ts';
import { codeOf, FAILURES, KINDS, SOURCES, STATES } from './codes.ts';
import { MIGRATIONS } from './migrations/list.ts';

/** A fresh folder, removed when disposed. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'sluice-store-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Every file under a folder (or the one file) with the hash of its bytes; `except` by the end of its name. */
export function treeHash(path: string, except: readonly string[] = []): Record<string, string> {
  if (!statSync(path).isDirectory())
    return { [path]: createHash('sha256').update(readFileSync(path)).digest('hex') };
  const files: [string, string][] = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile() && !except.some((end) => name.endsWith(end)))
    .sort()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]);
  return Object.fromEntries(files);
}

const number = (db: DatabaseSync, sql: string, ...params: readonly SQLInputValue[]) =>
  Number(db.prepare(sql).run(...params).lastInsertRowid);

/** An index in memory, empty. */
export function emptyIndex(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  for (const sql of MIGRATIONS) db.exec(sql);
  return db;
}

/** Puts a row into the index as it is, what people and checks add included; its log is nowhere. */
export function putRow(db: DatabaseSync, row: SessionRow): void {
  const text = (value = '') => (value === '' ? 0 : number(db, 'INSERT INTO texts (text) VALUES (?)', value));
  const prefix = row.url.endsWith(row.path) ? row.url.slice(0, row.url.length - row.path.length) : undefined;
  const { scheme, host, port } = row;
  const columns = {
    id: row.id,
    kind: codeOf(KINDS, row.kind),
    source: codeOf(SOURCES, row.source),
    state: codeOf(STATES, row.state),
    started_at: row.startedAt,
    duration_ms: row.durationMs ?? null,
    method: text(row.method),
    origin: number(
      db,
      'INSERT INTO origins (prefix, scheme, host, port) VALUES (?, ?, ?, ?)',
      prefix ?? '',
      scheme,
      host,
      port,
    ),
    path: row.path,
    url: prefix === undefined ? row.url : null,
    status: row.status ?? null,
    http_version: text(row.httpVersion),
    mime: text(row.mime),
    process: text(row.process),
    request_size: row.requestBodySize,
    response_size: row.responseBodySize,
    messages: 0,
    error: codeOf(FAILURES, row.error ?? ''),
    parent_id: row.parentId ?? null,
    segment: 0,
    position: 0,
    length: 0,
    findings: row.findings,
    severity: severityRank(row.severity),
    mark: row.mark,
    comment: row.comment ?? null,
  };
  const names = Object.keys(columns);
  db.prepare(`INSERT INTO sessions (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    ...Object.values(columns),
  );
}

/** Totals of a capture that has nothing but what is given. */
export const totalsWith = (more: Partial<StoreTotals> = {}): StoreTotals => ({
  sessions: 0,
  active: 0,
  decrypted: 0,
  findings: 0,
  diskBytes: 0,
  deadBytes: 0,
  losses: { droppedSessions: 0, droppedBodies: 0, droppedBytes: 0, missed: 0 },
  retention: {},
  ...more,
});

/** A query by filter text; without more, the first 1,000 in the order of their ids. */
export function ask(filter = '', more: Partial<Omit<StoreQuery, 'filter'>> = {}): StoreQuery {
  const result = parseFilter(filter);
  if (!result.ok) throw new Error(result.problem.message);
  return { order: { by: 'id', descending: false }, offset: 0, limit: 1000, ...more, filter: result.filter };
}

/** Makes batches as the queue of one run does: names that one defines hold in those after it. */
export function batchMaker(nextName = 1): (...events: readonly CaptureEvent[]) => Batch {
  const packer = new BatchPacker(nextName);
  return (...events) => {
    for (const event of events) packer.add(event);
    return packer.take();
  };
}

/** Writes sessions as traffic would, and waits until they are committed. */
export async function record(store: CaptureStore, ...sessions: readonly FullSession[]): Promise<void> {
  for (const session of sessions) {
    for (const event of eventsOf(session)) if (!store.write(event)) await store.drained();
  }
  await store.flush();
}
