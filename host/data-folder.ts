/**
 * Where Sluice keeps what it owns: the authority, browser profiles, preferences, and captures that the user did not place elsewhere. The folder is
 * the user's alone (0700). It names places; the rooms that own the files make them.
 */
import { mkdir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SluiceError } from '#model/errors.ts';

export interface DataFolder {
  readonly path: string;
  readonly authority: string;
  readonly captures: string;
  readonly browsers: string;
  /** File of the workbench's choices. */
  readonly preferences: string;
  /** File of the rules that the workbench makes. */
  readonly rules: string;
  /** Scripts that the workbench makes, and which of them are on. */
  readonly scripts: string;
  /** File of what was said of findings. */
  readonly findings: string;
}

/** The system's place for application data: XDG base directories, Application Support, or %APPDATA%. */
export function defaultDataFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'Sluice');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sluice');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'sluice');
}

/** The places in a data folder; makes nothing. */
export function dataFolderAt(path: string = defaultDataFolder()): DataFolder {
  const root = resolve(path);
  return {
    path: root,
    authority: join(root, 'authority'),
    captures: join(root, 'captures'),
    browsers: join(root, 'browsers'),
    preferences: join(root, 'preferences.json'),
    rules: join(root, 'sluice.rules.yaml'),
    scripts: join(root, 'scripts'),
    findings: join(root, 'sluice.findings.toml'),
  };
}

/** Makes the folder if it is missing, for its user alone. @throws SluiceError `data-folder`. */
export async function openDataFolder(path?: string): Promise<DataFolder> {
  const folder = dataFolderAt(path);
  try {
    // A folder that was there before keeps its mode: it may be one that the user shares. What is ours in it is closed.
    await mkdir(folder.path, { recursive: true, mode: 0o700 });
    await mkdir(folder.captures, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SluiceError(
      'data-folder',
      `The data folder ${folder.path} cannot be used: name another with --data.`,
      {
        cause: error,
      },
    );
  }
  return folder;
}

const two = (value: number) => String(value).padStart(2, '0');

/** Path of a new capture named by local date and time; a number is added when two begin in the same second. */
export async function newCapturePath(folder: DataFolder, now = new Date()): Promise<string> {
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())].join('-');
  for (let number = 1; ; number += 1) {
    const name = `${date}_${time}${number === 1 ? '' : `_${number}`}.sluice`;
    const path = join(folder.captures, name);
    if (!(await exists(path))) return path;
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The capture in the data folder that was begun last. @throws SluiceError `capture-missing`. */
export async function latestCapture(folder: DataFolder): Promise<string> {
  const names = (await readdir(folder.captures).catch(() => [])).filter((name) => name.endsWith('.sluice'));
  const candidates = await Promise.all(
    names.map(async (name) => {
      const path = join(folder.captures, name);
      const { birthtimeMs, ctimeMs } = await stat(path);
      // Some file systems know no time of birth and say 0.
      return { path, name, begun: birthtimeMs || ctimeMs };
    }),
  );
  const [newest] = candidates.sort((a, b) => b.begun - a.begun || (a.name < b.name ? 1 : -1));
  if (newest) return newest.path;
  throw new SluiceError(
    'capture-missing',
    `There is no capture in ${folder.captures} yet: record one first.`,
  );
}

/** The path that a CAPTURE argument names: `latest`, or a path. */
export const captureNamed = (argument: string, folder: DataFolder): Promise<string> =>
  argument === 'latest' ? latestCapture(folder) : Promise.resolve(resolve(argument));
