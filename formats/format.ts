/**
 * What a file format is to the rest of the program. One format, one folder or file with a `Format`, one line in all-formats.ts: command
 * line, server and workbench offer whatever stands there. A format knows bytes and sessions; files, captures, filters and redaction are
 * other people's.
 */
import type { FullSession } from '#model/session.ts';
import type { Losses } from './losses.ts';

/** Bytes of a file from anywhere in it. */
export interface RandomAccess {
  readonly size: number;
  /** Bytes [start, end), fewer only where the file ends. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A file to read, in one of two ways: ask for the one that the format needs, once. */
export interface FormatSource {
  /** The name alone, "" when there is none. */
  readonly name: string;
  /** From beginning to end. Best where it suffices: an upload is then read while it comes. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Whoever has only a stream stores it first. */
  randomAccess(): Promise<RandomAccess>;
}

export interface ReadOptions {
  /** `add` to it before the session is yielded; `settle` is the caller's. */
  readonly losses: Losses;
  readonly password?: string;
}

export interface WriteOptions {
  /** `add` to it before the next session is taken; `settle` is the caller's. */
  readonly losses: Losses;
  /** Version of Sluice, where a format names its maker. */
  readonly creatorVersion: string;
  readonly password?: string;
}

export interface Importer {
  /** Whether `start`, the first bytes of a file (up to SNIFF_BYTES), are this format's. The name may decide where bytes cannot. */
  sniff(start: Uint8Array, name: string): boolean;
  /**
   * Sessions in the file's order, one at a time in memory. Their ids are only compared with each other's (`parentId`).
   * @throws SluiceError `bad-file` (HAR: `bad-har`) saying where the file stops making sense, `password`. What came before was yielded.
   */
  read(source: FormatSource, options: ReadOptions): AsyncIterable<FullSession>;
  /** Whether a password can be given. */
  readonly takesPassword?: boolean;
}

export interface Exporter {
  /** The file piece by piece, text as UTF-8. Takes the next session only when the one before is written. */
  write(
    sessions: AsyncIterable<FullSession>,
    options: WriteOptions,
  ): AsyncIterable<Uint8Array> | AsyncIterable<string>;
  readonly takesPassword?: boolean;
}

export interface Format {
  /** For `--format` and addresses; never renamed. */
  readonly id: string;
  /** For people: "HTTP Archive (HAR)". */
  readonly title: string;
  /** Lower case with the dot, longest first where one ends as another; the first is what exports are named. */
  readonly extensions: readonly [string, ...string[]];
  readonly mediaType: string;
  readonly importer?: Importer;
  readonly exporter?: Exporter;
}

/** What `sniff` is given at most. */
export const SNIFF_BYTES = 4096;
