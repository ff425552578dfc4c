/** `findings.*`: what checks and probes found, grouped; and what a probe adds. */
import { SluiceError } from '#model/errors.ts';
import { findingFilter } from '#model/filter/finding-filter.ts';
import type { Finding } from '#model/finding.ts';
import { PROBES } from '#security/probes/index.ts';
import type { Services } from '../services.ts';
import { type Changes, createChanges, latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

const GAP_MS = 250;

export function findingsHandlers({ store, keeper, triage, checks }: Services): HandlerGroup<'findings'> {
  return {
    'findings.add': async ({ findings }) => {
      // What checks find they find again; this is not the way to say something in their name.
      const stranger = findings.find(({ checkId }) => !PROBES.some(({ info }) => info.id === checkId));
      if (stranger)
        throw new SluiceError('bad-request', `There is no probe "${stranger.checkId.slice(0, 60)}".`);
      for (const of of bySessionAndProbe(findings)) {
        const [{ sessionId, checkId }] = of;
        await keeper.replace(sessionId, [checkId], of);
      }
      return {};
    },
    'findings.triage': async (said) => {
      await triage.say(said);
      return {};
    },
    'findings.watch': async function* ({ filter = '' }, signal) {
      const read = findingFilter(filter);
      const infos = new Map(checks.map((info) => [info.id, info]));
      const changes = createChanges();
      const stopped = new AbortController();
      using _triage = { [Symbol.dispose]: () => stopped.abort() };
      void pass(triage.changes, changes, stopped.signal);
      using _subscription = store.onChange(({ findings, removed }) => {
        if (findings || removed) changes.ring();
      });
      const compute = async () => {
        const found = await store.findingGroups();
        const groups = found
          .map((group) => ({ ...group, triage: triage.judge(group) }))
          .filter((group) => !read.ok || read.passes(group, infos.get(group.checkId)));
        return {
          groups,
          ...(read.ok ? {} : { filterProblem: read.problem.message }),
          total: found.reduce((sum, { count }) => sum + count, 0),
          file: triage.file,
          problems: [...triage.problems],
        };
      };
      yield* latest(changes, compute, signal, GAP_MS);
    },
  };
}

/** Rings the one whenever the other changes. */
async function pass(from: Changes, to: Changes, signal: AbortSignal): Promise<void> {
  for (let seen = from.version; !signal.aborted; seen = from.version) {
    await from.after(seen, signal);
    if (!signal.aborted) to.ring();
  }
}

function bySessionAndProbe(findings: readonly Finding[]): [Finding, ...Finding[]][] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.sessionId} ${finding.checkId}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}
