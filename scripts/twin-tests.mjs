/**
 * Fails when a source file with logic has no twin test: `x.ts` needs `x.test.ts` beside it. Files that only declare types or join others
 * together need none; the few others without a twin are listed here with the test that covers them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

/** Rooms in which every file with logic has a twin. */
const ROOMS = ['model', 'certs', 'formats', 'security', 'store', 'proxy-core', 'host'];

/** Path, or folder ending in a slash → the test that covers it instead of a twin. */
const COVERED_ELSEWHERE = {
  'proxy-core/wire/wire-error.ts': 'proxy-core/wire/fields.test.ts',
  'model/contract/define.ts': 'model/contract/contract.test.ts',
  'host/clients/proc-worker.ts': 'host/clients/proc-finder.test.ts',
  'host/redaction/worker.ts': 'host/redaction/open-redaction.test.ts',
  'host/scripts/prelude.ts': 'host/scripts/sandbox.test.ts',
  'host/scripts/worker.ts': 'host/scripts/script-thread.test.ts',
  // One table of all actions tests what each takes and says.
  'model/rules/action.ts': 'model/rules/rule.test.ts',
  'model/rules/answer-actions.ts': 'model/rules/rule.test.ts',
  'model/rules/explain.ts': 'model/rules/rule.test.ts',
  'proxy-core/intercept/answer-steps.ts': 'proxy-core/intercept/compile-action.test.ts',
  'security/worker.ts': 'security/open-check-runner.test.ts',
  'store/session-mover.ts': 'store/compaction.test.ts',
  'store/reading-index.ts': 'store/salvage.test.ts',
  'store/repair.ts': 'store/salvage.test.ts',
  'store/reading-store.ts': 'store/worker-store.test.ts',
  'store/writing-store.ts': 'store/worker-store.test.ts',
  'store/store-parts.ts': 'store/worker-store.test.ts',
  'proxy-core/engine/conformance/': 'proxy-core/engine/conformance/forwarded.test.ts',
  'proxy-core/engine/contract-tests/': 'proxy-core/engine/wire-engine/wire-engine.test.ts',
  'proxy-core/engine/http-mitm-proxy/': 'proxy-core/engine/http-mitm-proxy/adapter.test.ts',
  // Sending is tested over the contract, against real origins.
  'host/replay/recorded.ts': 'host/rpc/replay.test.ts',
  'host/replay/replay-run.ts': 'host/rpc/replay.test.ts',
  'host/replay/replays.ts': 'host/rpc/replay.test.ts',
  'host/replay/scenario/scenario-of.ts': 'host/rpc/replay-scenario.test.ts',
  // What moves bytes is tested on real sockets, by row of docs/conformance.md; what decides has its twin.
  'proxy-core/engine/wire-engine/': 'proxy-core/engine/conformance/faults.test.ts',
  'proxy-core/engine/upstream/': 'proxy-core/engine/conformance/ways-in.test.ts',
  'proxy-core/engine/destination.ts': 'proxy-core/engine/wire-engine/wire-engine.test.ts',
  'proxy-core/engine/lenient-head.ts': 'proxy-core/engine/wire-engine/wire-engine.test.ts',
  'proxy-core/engine/own-request.ts': 'proxy-core/engine/wire-engine/wire-engine.test.ts',
};

function sources(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** Has a function body of its own; types, constants and re-exports do not count. */
const hasLogic = (text) => /^(export )?(async )?function[ *]|^(export )?class |=> \{$/m.test(text);

/** The entry for the path itself, or for the nearest folder above it. */
function coveredBy(path) {
  const keys = Object.keys(COVERED_ELSEWHERE).filter(
    (key) => key === path || (key.endsWith('/') && path.startsWith(key)),
  );
  return COVERED_ELSEWHERE[keys.sort((a, b) => b.length - a.length)[0]];
}

const all = ROOMS.flatMap(sources);
const tests = new Set(all.filter((path) => path.endsWith('.test.ts')));
const wanting = all
  .filter((path) => !tests.has(path) && !path.includes('/testing/'))
  .filter((path) => !tests.has(path.replace(/\.ts$/, '.test.ts')))
  .filter((path) => hasLogic(readFileSync(join(ROOT, path), 'utf8')))
  .filter((path) => !tests.has(coveredBy(path)));
const stale = Object.keys(COVERED_ELSEWHERE).filter(
  (key) => !all.some((path) => path === key || path.startsWith(key)),
);

for (const path of wanting) console.error(`${path}: no twin test ${path.replace(/\.ts$/, '.test.ts')}`);
for (const path of stale) console.error(`${path}: listed in scripts/twin-tests.mjs but does not exist`);
if (wanting.length + stale.length > 0) process.exitCode = 1;
else console.log(`${tests.size} test files, every source file with logic has its twin`);
