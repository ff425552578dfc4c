/** What answers for lists on one connection: the reader of windows, who looks into sessions for it, who measures them. */
import type { DatabaseSync } from 'node:sqlite';
import { addFilterFunctions } from './filter-functions.ts';
import { Judge } from './judge.ts';
import { ListReader } from './list-reader.ts';
import { Measurer } from './measurer.ts';
import type { SessionReader } from './session-reader.ts';
import { asCaptured, type DecodeContent, SubjectLoader } from './subject-loader.ts';
import { Verdicts } from './verdicts.ts';

export interface Lists {
  readonly reader: ListReader;
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

/** `decoder` as in WorkerOptions; `total` as ListReader wants it. */
export function openLists(
  db: DatabaseSync,
  sessions: SessionReader,
  decoder: string | undefined,
  total: () => number,
): Lists {
  const verdicts = new Verdicts();
  addFilterFunctions(db, verdicts);
  const loader = new SubjectLoader(sessions, decoderOf(decoder));
  return {
    reader: new ListReader(db, total),
    judge: new Judge(db, verdicts, loader),
    measurer: new Measurer(db, loader),
  };
}
