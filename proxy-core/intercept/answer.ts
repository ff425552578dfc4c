/** An answer that a rule gives: what it is, and where its parts come from. Files are read when they are asked for, so that they may be edited meanwhile. */
import { open, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { HeaderPair } from '#model/headers.ts';
import type { SessionId } from '#model/session.ts';
import { ActionError } from './action-error.ts';
import type { RequestDraft } from './drafts.ts';
import { mediaTypeOf } from './media-type.ts';
import type { ScriptPort } from './script-port.ts';

/** Headers without those that say how long the body is. */
export interface Answer {
  readonly status: number;
  readonly reason?: string;
  readonly headers: readonly HeaderPair[];
  readonly body: Buffer;
}

/** Recorded answers, found by the request. Undefined: there is none, and `pass` was asked for. */
export type MockSource = (request: RequestDraft) => Promise<Answer | undefined>;

/** Where rules find what they name. */
export interface Sources {
  /** The folder that paths of files are relative to. */
  readonly folder: string;
  /** What a recorded session was answered, undefined when there is no such session or answer. */
  readonly session: (id: SessionId) => Promise<Answer | undefined>;
  /** The script in that file; `wanted` is false for rules that are off, which start nothing. @throws ActionError when there is no such file */
  readonly script?: (file: string, wanted: boolean) => ScriptPort;
  /** What a capture has recorded. @throws ActionError when there is no such capture */
  readonly mock?: (capture: string, filter: string, pass: boolean) => MockSource;
}

/** One rule's file must not take the memory of the machine. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** The bytes of a file; undefined when there is no such file. @throws ActionError when it cannot be read, or is too large */
export async function readFileBytes(path: string): Promise<Buffer | undefined> {
  try {
    await using file = await open(path, 'r');
    const stats = await file.stat();
    if (!stats.isFile()) return undefined;
    if (stats.size > MAX_FILE_BYTES) throw new ActionError(`${path} is larger than ${MAX_FILE_BYTES} bytes.`);
    return await file.readFile();
  } catch (error) {
    if (error instanceof ActionError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw new ActionError(`${path} cannot be read (${String(code)}).`);
  }
}

/** A file as an answer; undefined when there is none. */
export async function fileAnswer(path: string, status: number): Promise<Answer | undefined> {
  const body = await readFileBytes(path);
  return body && { status, headers: [['Content-Type', mediaTypeOf(extname(path))]], body };
}

const INDEX = 'index.html';

/** Says that a path would lead out of the folder it is looked up in. */
export const OUTSIDE: Answer = {
  status: 403,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: Buffer.from('This path leads out of the folder that the rule answers with.\n'),
};

const inside = (folder: string, path: string) => {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
};

/** Path segments as the file system would name them, undefined when one of them would leave the folder. */
function segmentsOf(path: string): string[] | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    let name: string;
    try {
      name = decodeURIComponent(segment);
    } catch {
      return undefined;
    }
    if (name === '' || name === '.') continue;
    if (name === '..' || /[/\\\0]/.test(name) || (process.platform === 'win32' && name.includes(':')))
      return undefined;
    segments.push(name);
  }
  return segments;
}

/**
 * The file that `path` (of a URL, without query) names in `folder`. Links that lead out of the folder are not followed; neither is a path that would
 * leave it.
 */
export async function folderAnswer(
  folder: string,
  path: string,
  status: number,
): Promise<Answer | undefined> {
  const segments = segmentsOf(path);
  if (segments === undefined) return OUTSIDE;
  const root = await realpath(resolve(folder)).catch(() => undefined);
  if (root === undefined) throw new ActionError(`The folder ${folder} is not there.`);
  const file = join(root, ...segments, ...(path.endsWith('/') ? [INDEX] : []));
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) return undefined;
  if (!inside(root, real)) return OUTSIDE;
  const answer = await fileAnswer(real, status);
  return answer ?? fileAnswer(join(real, INDEX), status);
}
