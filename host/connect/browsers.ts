/** Which Chromium-family browsers this machine has. Looks where each system keeps programs; runs nothing. */
import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';

export interface Browser {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

interface Known {
  readonly id: string;
  readonly name: string;
  /** Commands on the PATH. */
  readonly commands: readonly string[];
  /** Name of the application bundle on macOS, and of the program in it. */
  readonly mac: string;
  /** Below a Program Files folder. */
  readonly windows: string;
}

const KNOWN: readonly Known[] = [
  {
    id: 'chromium',
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser'],
    mac: 'Chromium',
    windows: 'Chromium\\Application\\chrome.exe',
  },
  {
    id: 'chrome',
    name: 'Google Chrome',
    commands: ['google-chrome', 'google-chrome-stable', 'chrome'],
    mac: 'Google Chrome',
    windows: 'Google\\Chrome\\Application\\chrome.exe',
  },
  {
    id: 'brave',
    name: 'Brave',
    commands: ['brave-browser', 'brave'],
    mac: 'Brave Browser',
    windows: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  },
  {
    id: 'edge',
    name: 'Microsoft Edge',
    commands: ['microsoft-edge', 'microsoft-edge-stable'],
    mac: 'Microsoft Edge',
    windows: 'Microsoft\\Edge\\Application\\msedge.exe',
  },
];

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly isProgram: (path: string) => boolean;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

export const thisMachine: Surroundings = { platform: process.platform, env: process.env, isProgram };

function places({ platform, env }: Surroundings, known: Known): string[] {
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
    return roots.flatMap((root) => (root ? [win32.join(root, known.windows)] : []));
  }
  if (platform === 'darwin') {
    const program = `${known.mac}.app/Contents/MacOS/${known.mac}`;
    const roots = ['/Applications', ...(env.HOME ? [`${env.HOME}/Applications`] : [])];
    return roots.map((root) => posix.join(root, program));
  }
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return folders.flatMap((folder) => known.commands.map((command) => posix.join(folder, command)));
}

/** The browsers found, at most one of each kind; `$CHROMIUM`, when it names a program, stands for Chromium. */
export function findBrowsers(surroundings: Surroundings = thisMachine): Browser[] {
  return KNOWN.flatMap((known) => {
    const named = known.id === 'chromium' && surroundings.env.CHROMIUM ? [surroundings.env.CHROMIUM] : [];
    const path = [...named, ...places(surroundings, known)].find(surroundings.isProgram);
    return path === undefined ? [] : [{ id: known.id, name: known.name, path }];
  });
}
