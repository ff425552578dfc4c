/** What searching and indexing read from: the capture, open for reading beside whoever writes it, and the groups of its index. */
import type { DatabaseSync } from 'node:sqlite';
import type { Session, SessionId } from '#model/session.ts';
import { lastSessionId } from '../capture-writer.ts';
import { Checksums } from '../checksums.ts';
import { checkCapture, isImmutable, openReader } from '../database.ts';
import { addFilterFunctions } from '../filter-functions.ts';
import { SegmentReader } from '../segments.ts';
import { SessionReader } from '../session-reader.ts';
import { type DecodeContent, SubjectLoader } from '../subject-loader.ts';
import { Verdicts } from '../verdicts.ts';
import { groupOf } from './group.ts';
import { type ContentDecoder, PartReader } from './parts.ts';

export interface CaptureOptions {
  readonly folder: string;
  readonly decode: ContentDecoder;
  /** Another cap than the product's, for tests. */
  readonly maxBytes?: number;
}

interface Source {
  readonly immutable: boolean;
  readonly db: DatabaseSync;
  readonly segments: SegmentReader;
  readonly reader: SessionReader;
  readonly parts: PartReader;
  readonly subjects: SubjectLoader;
}

export class SearchCapture implements Disposable {
  readonly folder: string;
  readonly #options: CaptureOptions;
  #source: Source;

  /** @throws SluiceError as `checkCapture` does */
  constructor(options: CaptureOptions) {
    this.folder = options.folder;
    this.#options = options;
    checkCapture(options.folder);
    this.#source = this.#open();
  }

  get db(): DatabaseSync {
    return this.#source.db;
  }

  /** Sessions as filters look at them. */
  get subjects(): SubjectLoader {
    return this.#source.subjects;
  }

  get parts(): PartReader {
    return this.#source.parts;
  }

  /** Call before each piece of work: since a writer has come, its commits must be seen. */
  refresh(): void {
    if (!this.#source.immutable || isImmutable(this.folder)) return;
    this.#close();
    this.#source = this.#open();
  }

  session(id: SessionId): Session | undefined {
    return this.#source.reader.get(id);
  }

  lastId(): SessionId | 0 {
    return lastSessionId(this.db);
  }

  /** The number of the newest group. */
  lastGroup(): number {
    return groupOf(this.lastId());
  }

  count(): number {
    return Number(this.db.prepare('SELECT count(*) AS count FROM sessions').get()?.count);
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  #open(): Source {
    const { folder, decode, maxBytes } = this.#options;
    const immutable = isImmutable(folder);
    const db = openReader(folder);
    addFilterFunctions(db, new Verdicts());
    const segments = new SegmentReader(folder, new Checksums(db));
    const reader = new SessionReader(db, segments);
    const whole: DecodeContent = async (bytes, coding, limit) => decode(bytes, coding, limit.maxBytes);
    const parts = new PartReader(reader, decode, maxBytes);
    return { immutable, db, reader, segments, parts, subjects: new SubjectLoader(reader, whole) };
  }

  #close(): void {
    this.#source.segments[Symbol.dispose]();
    this.#source.db.close();
  }
}
