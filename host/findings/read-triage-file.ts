/** The triage file of a command, which must be there and without faults. */
import { readFile } from 'node:fs/promises';
import { SluiceError } from '#model/errors.ts';
import { type FileProblem, type ReadTriage, readTriage } from './triage-file.ts';

export type Triaged = Extract<ReadTriage, { ok: true }>;

/** Each fault with its place, as compilers tell them. */
export const problemText = (file: string, problems: readonly FileProblem[]): string =>
  problems.map(({ line, message }) => `${file}:${line}: ${message}`).join(' ');

/** @throws SluiceError `file-unreadable`, `bad-findings` naming every faulty line */
export async function readTriageFile(file: string): Promise<Triaged> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new SluiceError('file-unreadable', `${file} cannot be read: check the path.`, { cause });
  });
  const read = readTriage(text);
  if (!read.ok) throw new SluiceError('bad-findings', problemText(file, read.problems));
  return read;
}
