/** Runs one scenario: starts the peers afresh, and gives them turns in alternating rounds, so that a slow minute of the machine is everyone's. */
import { join } from 'node:path';
import { Entrant } from './entrant.ts';
import type { Origin } from './origin/origin.ts';
import type { Peer, PeerContext } from './peers/peer.ts';
import { SLUICE } from './peers/sluice.ts';
import type { ScenarioResult } from './results.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Ground {
  readonly origin: Origin;
  /** Peers get folders of their own in it. */
  readonly folder: string;
  readonly context: Omit<PeerContext, 'folder'>;
  readonly rounds: number;
  /** s */
  readonly seconds: number;
  readonly warmUp: number;
  readonly full: boolean;
  /** Told of every turn. */
  readonly say: (text: string) => void;
}

/** The first round meets code that has not been compiled yet, so it warms up for longer. */
const FIRST_WARM_UP = 3;

/** Runs the scenario with these peers; failures are in the result. */
export async function runScenario(
  scenario: Scenario,
  peers: readonly Peer[],
  ground: Ground,
): Promise<ScenarioResult> {
  const { origin, folder, context, seconds, full, say } = ground;
  const entrants = peers
    .filter((peer) => !(scenario.proxiesOnly && peer.name === 'direct'))
    .filter((peer) => peer.scenarios?.includes(scenario.name) ?? true)
    .filter((peer) => full || scenario.short !== 'sluice' || peer.name === SLUICE)
    .map(
      (peer) =>
        new Entrant(peer, scenario, {
          ...context,
          processes: context.processes.scope(),
          folder: join(folder, `${scenario.name}-${peer.name}`),
        }),
    );
  const rounds = scenario.once ? 1 : ground.rounds;
  try {
    for (const entrant of entrants) {
      await entrant.start();
      if (!entrant.running) say(`${scenario.name} ${entrant.peer.name}: ${entrant.told()}`);
    }
    for (let round = 0; round < rounds; round += 1) {
      const warmUp = round === 0 ? ground.warmUp * FIRST_WARM_UP : ground.warmUp;
      for (const entrant of entrants.filter(({ running }) => running)) {
        await entrant.turn({ origin, round, warmUp, seconds, full }, round === rounds - 1);
        say(`${scenario.name} ${round + 1}/${rounds} ${entrant.peer.name}: ${entrant.told()}`);
      }
    }
  } finally {
    for (const entrant of entrants) await entrant.end();
  }
  return { scenario, peers: entrants.map((entrant) => entrant.result()) };
}
