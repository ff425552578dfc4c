/**
 * Makes a fresh clone ready: dependencies by the lock file, the built workbench, and for tests a Chromium. Runs on Node 18 and later
 * with no dependency, because it runs before anything is installed. Does nothing, quickly, when everything is there.
 *
 * `node scripts/setup.mjs` prepares for running, `node scripts/setup.mjs --tests` for testing as well.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(ROOT, 'node_modules', '.sluice-lock');
const NEEDED_MAJOR = 24;
/** What the built workbench depends on. */
const WORKBENCH_SOURCES = ['renderer', 'model', 'formats', 'package-lock.json'];
const WORKBENCH = join(ROOT, 'renderer', 'dist', 'index.html');

const say = (text) => process.stderr.write(`${text}\n`);

/** A problem the user can solve; printed as one sentence, without a stack. */
export class SetupError extends Error {}

function run(command, args, problem, options = {}) {
  const windows = process.platform === 'win32';
  const result = spawnSync(command, args, {
    cwd: ROOT,
    // What our stdout says is for programs (`--json`); progress goes to stderr.
    stdio: ['ignore', process.stderr, process.stderr],
    shell: windows,
    env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    ...options,
  });
  if (result.status !== 0) throw new SetupError(problem);
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');

function installed() {
  try {
    return readFileSync(STAMP, 'utf8') === lockHash();
  } catch {
    return false;
  }
}

function ensureDependencies() {
  if (installed()) return;
  say('Installing dependencies (first run or changed lock file)…');
  run(
    'npm',
    // Not `npm ci`: it refuses a lock file written on another platform when optional packages of a platform are not in it.
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    'npm install failed: see above; the npm registry must be reachable.',
  );
  writeFileSync(STAMP, lockHash());
}

/** Path of a Node new enough to run Sluice: this process's own, or the one installed with the dependencies. */
export function nodePath() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = join(ROOT, 'node_modules', 'node', 'bin', name);
  if (existsSync(own)) return own;
  throw new SetupError(
    `Sluice needs Node ${NEEDED_MAJOR}; this is ${process.version}, and npm did not install one beside it ` +
      '(install scripts switched off?). Install Node 24 and start again.',
  );
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const times = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'dist' && !entry.name.endsWith('.test.ts'))
    .map((entry) => newest(join(path, entry.name)));
  return Math.max(0, ...times);
}

function workbenchIsFresh() {
  if (!existsSync(WORKBENCH)) return false;
  const built = statSync(WORKBENCH).mtimeMs;
  return WORKBENCH_SOURCES.every((path) => newest(join(ROOT, path)) <= built);
}

function ensureWorkbench() {
  if (workbenchIsFresh()) return;
  say('Building the workbench…');
  const vite = createRequire(import.meta.url)
    .resolve('vite/package.json')
    .replace(/package\.json$/, 'bin/vite.js');
  const args = [vite, 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'];
  run(nodePath(), args, 'The workbench could not be built: see above.', { shell: false });
}

const CHROMIUM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'brave',
];
const CHROMIUM_PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Path of a command on the PATH. */
function findCommand(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name))
    .find(executable);
}

/** Path of an installed Chromium-family browser: $CHROMIUM, on the PATH, or in its usual place. */
export function findChromium() {
  const named = process.env.CHROMIUM ? [process.env.CHROMIUM] : [];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => CHROMIUM_NAMES.map((name) => join(folder, name)));
  return [...named, ...onPath, ...CHROMIUM_PLACES].find(executable);
}

function installWithApt(packages) {
  const root = process.getuid?.() === 0;
  if (!root || !executable('/usr/bin/apt-get')) return false;
  say(`Installing ${packages.join(', ')} with apt…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', process.stderr], env }).status === 0;
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** What the tests drive besides Node, each with how to tell that it is there and the Debian package that brings it. */
const TEST_TOOLS = [
  { name: 'Chromium', present: () => findChromium() !== undefined, debian: 'chromium' },
  { name: 'certutil (NSS)', present: () => findCommand('certutil') !== undefined, debian: 'libnss3-tools' },
  { name: 'Java', present: () => findCommand('javac') !== undefined, debian: 'default-jdk-headless' },
  {
    name: 'requests for Debian’s Python',
    present: () => existsSync('/usr/lib/python3/dist-packages/requests/__init__.py'),
    debian: 'python3-requests',
  },
  { name: 'testssl', present: () => findCommand('testssl') !== undefined, debian: 'testssl.sh' },
  { name: 'curl', present: () => findCommand('curl') !== undefined, debian: 'curl' },
  { name: 'openssl', present: () => findCommand('openssl') !== undefined, debian: 'openssl' },
];

function ensureTestTools() {
  const missing = () => TEST_TOOLS.filter((tool) => !tool.present());
  if (missing().length > 0) installWithApt(missing().map((tool) => tool.debian));
  const left = missing();
  if (left.length === 0) return;
  throw new SetupError(
    `The tests need ${left.map((tool) => tool.name).join(', ')}: install ${left.length > 1 ? 'them' : 'it'} ` +
      `(Debian: apt install ${left.map((tool) => tool.debian).join(' ')}). A Chromium elsewhere: set CHROMIUM to its path.`,
  );
}

/** Prepares the checkout. @throws SetupError with a sentence for the user. */
export function setUp({ tests = false } = {}) {
  ensureDependencies();
  nodePath();
  ensureWorkbench();
  if (tests) ensureTestTools();
}

/** Runs `main`, turning a SetupError into one sentence and exit code 3. */
export async function withSetupErrors(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`sluice: ${error.message} [setup]`);
    process.exitCode = 3;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await withSetupErrors(() => setUp({ tests: process.argv.includes('--tests') }));
}
