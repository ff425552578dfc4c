/**
 * `npm run bench -- checks`: how right the security checks are, on the labelled corpus of the repository and on a faulty and a well-made API
 * recorded by the real program; how they stand huge bodies; and how many sessions they look at in a second. Ends with 1 below the bar.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { WELL_MADE } from '#proxy-core/testing/well-made.ts';
import { mixedTraffic } from './mixed-traffic.ts';
import { type Checked, checkCaptureFile, makeCapture } from './program.ts';
import { NOW, readCorpus } from './read-corpus.ts';
import { recordedCases } from './recorded-apis.ts';
import { type Judged, precision, recall, type Scores, scoresOf } from './score.ts';

const BAR = { precision: 0.97, recall: 0.95, perSecond: 1000, heavyMs: 15_000 };
const FEW = 40;
const MANY = 4040;

const say = (line = '') => void process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

async function judgedCorpus(folder: string): Promise<Judged[]> {
  const cases = readCorpus();
  const owners = cases.flatMap((one, i) => one.sessions.map(() => i));
  const capture = await makeCapture(
    folder,
    'corpus',
    cases.flatMap(({ sessions }) => sessions),
    NOW * 1000,
  );
  const { findings } = await checkCaptureFile(capture);
  return cases.map(({ file, title, expected }, i) => {
    const own = findings.filter(({ sessionId }) => owners[sessionId - 1] === i);
    // Information is no fault: it counts where the label names it.
    const counted = own.filter(({ checkId, severity }) => severity !== 'info' || expected.includes(checkId));
    return {
      title: `${file}: ${title}`,
      expected,
      found: [...new Set(counted.map(({ checkId }) => checkId))],
    };
  });
}

function printScores({ all, checks, misses }: Scores): void {
  say(`${'check'.padEnd(30)}  found  wrong  missed  precision   recall`);
  for (const score of [...checks, all]) {
    const { check, right, wrong, missed } = score;
    const counts = [right, wrong, missed]
      .map((count, i) => String(count).padStart([5, 5, 6][i] ?? 5))
      .join('  ');
    say(
      `${check.padEnd(30)}  ${counts}  ${percent(precision(score)).padStart(9)}  ${percent(recall(score)).padStart(7)}`,
    );
  }
  say();
  for (const miss of misses) say(`MISS  ${miss}`);
  if (misses.length === 0) say('no misses');
  say();
}

const heavy = (type: string, unit: string, megabytes: number): SessionOverrides => ({
  url: 'https://api.acme.test/heavy',
  responseHeaders: [['Content-Type', type], ...WELL_MADE.slice(1)],
  responseBody: unit.repeat(Math.ceil((megabytes * 1024 * 1024) / unit.length)),
});
const MINIFIED =
  '!function(e,t){"object"==typeof exports?t(exports):t(e.a={})}(this,function(e){var t=1749000000,n="4539578763621486";e.x=t+n});';
const DIGITS = '4539578763621487 10.2.3.4 1749000000 0.4111111111111111 ';

async function printHeavy(folder: string): Promise<boolean> {
  const capture = await makeCapture(
    folder,
    'heavy',
    [heavy('text/javascript', MINIFIED, 20), heavy('text/plain', DIGITS.replaceAll(/[ .]/g, ''), 10)],
    NOW * 1000,
  );
  const { findings, said, ms } = await checkCaptureFile(capture);
  const grave = findings.filter(({ severity }) => severity !== 'info');
  say(
    `20 MB of minified script and 10 MB of digits: ${(ms / 1000).toFixed(1)} s with the program's start, ${grave.length} findings`,
  );
  for (const { checkId, sessionId } of grave) say(`MISS  ${checkId} in session ${sessionId}`);
  for (const line of said.trim().split('\n')) say(`  ${line}`);
  return grave.length === 0 && ms < BAR.heavyMs;
}

async function printThroughput(folder: string): Promise<boolean> {
  const few = await checkCaptureFile(await makeCapture(folder, 'few', mixedTraffic(FEW), NOW * 1000, 3000));
  const many = await checkCaptureFile(
    await makeCapture(folder, 'many', mixedTraffic(MANY), NOW * 1000, 3000),
  );
  const perSecond = (ms: (checked: Checked) => number) =>
    Math.round(((MANY - FEW) / (ms(many) - ms(few))) * 1000);
  const perCore = perSecond(({ cpuMs }) => cpuMs);
  say(
    `mixed traffic: ${perCore} sessions a second of processor time, reading them included (target ${BAR.perSecond}); ${perSecond(({ ms }) => ms)} by the clock`,
  );
  return perCore >= BAR.perSecond;
}

/** Answers whether everything is at or above the bar. */
export async function benchChecks(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-checks-'));
  try {
    const cases = await judgedCorpus(folder);
    const recorded = await recordedCases(folder);
    const scores = scoresOf([...cases, ...recorded]);
    say(
      `Security checks on ${cases.length} labelled cases and ${recorded.length} endpoints of recorded APIs, medium threshold`,
    );
    say();
    printScores(scores);
    const right = precision(scores.all) >= BAR.precision && recall(scores.all) >= BAR.recall;
    const stands = await printHeavy(folder);
    const fast = await printThroughput(folder);
    return right && stands && fast;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
