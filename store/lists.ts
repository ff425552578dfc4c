/** What looks into sessions on one connection: for filters, and for tables. Gives the connection the functions that filters call. */
import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '#model/session.ts';
import { lastSessionId } from './capture-writer.ts';
import { addFilterFunctions } from './filter-functions.ts';
import { Judge } from './judge.ts';
import { Measurer } from './measurer.ts';
import { Narrowing } from './search/narrowing.ts';
import type { SessionReader } from './session-reader.ts';
import { asCaptured, type DecodeContent, SubjectLoader } from './subject-loader.ts';
import { Verdicts } from './verdicts.ts';

export interface ListParts {
  /** The capture's, where the search index is. */
  readonly folder: string;
  readonly db: DatabaseSync;
  readonly reader: SessionReader;
}

export interface Lists {
  readonly judge: Judge;
  readonly measurer: Measurer;
}

/** The decoder of that module, loaded when the first coded body is looked at. */
function decoderOf(url: string | undefined): DecodeContent {
  if (url === undefined) return asCaptured;
  return async (...args) => {
    const { decodeContent } = (await import(url)) as { decodeContent: DecodeContent };
    return decodeContent(...args);
  };
}

/** `decoder` as in WorkerOptions; `judged` is told of sessions for which filters know more now. */
export function openLists(
  { folder, db, reader }: ListParts,
  decoder: string | undefined,
  judged: (ids: readonly SessionId[]) => void,
): Lists {
  const verdicts = new Verdicts();
  addFilterFunctions(db, verdicts);
  const loader = new SubjectLoader(reader, decoderOf(decoder));
  // The index has bodies without their codings: it is no help to filters that see them as they were captured.
  const narrowing = () => (decoder === undefined ? undefined : new Narrowing(folder, lastSessionId(db)));
  return { judge: new Judge(db, verdicts, loader, judged, narrowing), measurer: new Measurer(db, loader) };
}
