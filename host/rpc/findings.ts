/** `findings.*`: what checks and probes found, grouped; and what a probe adds. */
import { SluiceError } from '#model/errors.ts';
import type { Finding } from '#model/finding.ts';
import { PROBES } from '#security/probes/index.ts';
import type { Services } from '../services.ts';
import { createChanges, latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

const GAP_MS = 250;

export function findingsHandlers({ store, keeper }: Services): HandlerGroup<'findings'> {
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
    'findings.watch': async function* (_, signal) {
      const changes = createChanges();
      using _subscription = store.onChange(({ findings, removed }) => {
        if (findings || removed) changes.ring();
      });
      const compute = async () => {
        const groups = await store.findingGroups();
        return { groups, total: groups.reduce((sum, group) => sum + group.count, 0) };
      };
      yield* latest(changes, compute, signal, GAP_MS);
    },
  };
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
