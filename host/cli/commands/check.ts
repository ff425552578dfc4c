/** `sluice check`: runs the security checks over a capture again, without changing it. Exit 1 when anything is found. */
import type { Command } from 'commander';
import type { Finding } from '#model/finding.ts';
import type { Severity } from '#model/session.ts';
import { openCheckRunner } from '#security/open-check-runner.ts';
import { openCapture } from '#store/open-capture.ts';
import { checkSession } from '../../check-session.ts';
import { allIds } from '../../har-transfer.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, writeLine } from '../output.ts';
import { safeLine } from '../text.ts';

interface CheckOptions extends DataOption {
  readonly json?: boolean;
}

const ORDER: readonly Severity[] = ['high', 'medium', 'low', 'info'];

interface Group {
  readonly first: Finding;
  readonly sessions: Set<number>;
}

/** Findings with the same check, endpoint and parameter as one, worst first. */
export function grouped(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.checkId, finding.endpoint, finding.parameter]);
    const group = groups.get(key) ?? { first: finding, sessions: new Set<number>() };
    group.sessions.add(finding.sessionId);
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => ORDER.indexOf(a.first.severity) - ORDER.indexOf(b.first.severity),
  );
}

const groupText = ({ first, sessions }: Group) =>
  [
    safeLine(`${first.severity.padEnd(6)}  ${first.title}  ${first.endpoint}  ${first.parameter}`),
    safeLine(`        ${first.detail}`),
    `        ${first.checkId}, sessions ${[...sessions].slice(0, 20).join(', ')}${sessions.size > 20 ? ', …' : ''}`,
  ].join('\n');

async function check(capture: string, options: CheckOptions): Promise<0 | 1> {
  await using store = await openCapture(await capturePath(capture, options), 'read');
  await using runner = await openCheckRunner();
  const findings: Finding[] = [];
  const ids = await allIds(store, { type: 'all' });
  for (const id of ids) findings.push(...(await checkSession(store, runner, id)).findings);
  if (options.json) for (const finding of findings) await writeLine(JSON.stringify(finding));
  else for (const group of grouped(findings)) await writeLine(groupText(group));
  if (!options.json) say(`${findings.length} findings in ${ids.length} sessions`);
  return findings.length > 0 ? 1 : 0;
}

export function addCheck(program: Command): void {
  withCapture(program.command('check'))
    .description('run the security checks over a capture; exit 1 when they find anything')
    .option('--json', 'one finding as a JSON object a line')
    .action((capture: string, options: CheckOptions) => exitWith(() => check(capture, options)));
}
