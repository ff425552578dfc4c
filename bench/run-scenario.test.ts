/** Rounds with peers and scenarios of the test's own: who is measured when, and what happens to one that fails. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NotSpoken } from './load/connection.ts';
import type { Origin } from './origin/origin.ts';
import type { Peer, PeerContext } from './peers/peer.ts';
import { type Ground, runScenario } from './run-scenario.ts';
import type { Scenario, Turn } from './scenarios/scenario.ts';
import { Processes } from './system/processes.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-rounds-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ORIGIN: Origin = {
  httpPort: 1,
  httpsPort: 2,
  webSocketPort: 3,
  newHosts: [],
  caFile: '',
  ca: '',
};

function ground(more: Partial<Ground> = {}): Ground {
  const context = {
    originCa: '',
    originCaPem: '',
    authority: { cert: '', key: '' },
    processes: new Processes(),
    core: undefined,
  };
  return {
    origin: ORIGIN,
    folder,
    context,
    rounds: 3,
    seconds: 2,
    warmUp: 1,
    full: true,
    say: () => {},
    ...more,
  };
}

/** A peer without a process, that writes down what happens to it. */
function peerNamed(name: string, log: string[], more: Partial<Peer> = {}): Peer {
  return {
    name,
    missing: () => undefined,
    version: async () => name,
    start: async (context: PeerContext) => {
      log.push(`start ${name}${existsSync(context.folder) ? '' : ' without a folder'}`);
      return {
        route: { proxyPort: 1, ca: '' },
        pid: undefined,
        stop: async () => {
          log.push(`stop ${name}`);
          return undefined;
        },
      };
    },
    ...more,
  };
}

const scenarioOf = (run: (turn: Turn) => number, log: string[], more: Partial<Scenario> = {}): Scenario => ({
  name: 'made-up',
  title: 'Made up',
  note: '',
  metrics: [{ id: 'rate', title: 'rate', unit: '/s' }],
  run: async (turn) => {
    log.push(`turn ${turn.peer}`);
    return { values: { rate: run(turn) }, requests: 10 };
  },
  ...more,
});

describe('rounds', () => {
  test('alternate, and each peer is ended after its last turn', async () => {
    const log: string[] = [];
    const peers = [peerNamed('a', log), peerNamed('b', log)];
    const result = await runScenario(
      scenarioOf(({ round }) => round, log),
      peers,
      ground(),
    );
    expect(log).toEqual([
      ...['start a', 'start b'],
      ...['turn a', 'turn b'],
      ...['turn a', 'turn b'],
      ...['turn a', 'stop a', 'turn b', 'stop b'],
    ]);
    expect(result.peers.map(({ rounds }) => rounds)).toEqual(
      Array(2).fill([{ rate: 0 }, { rate: 1 }, { rate: 2 }]),
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('the first warms up for longer', async () => {
    const log: string[] = [];
    const result = await runScenario(
      scenarioOf(({ warmUp }) => warmUp, log),
      [peerNamed('a', log)],
      ground(),
    );
    expect(result.peers[0]?.rounds).toEqual([{ rate: 3 }, { rate: 1 }, { rate: 1 }]);
  });

  test('one is enough for what says so', async () => {
    const log: string[] = [];
    await runScenario(
      scenarioOf(() => 1, log, { once: true }),
      [peerNamed('a', log)],
      ground(),
    );
    expect(log).toEqual(['start a', 'turn a', 'stop a']);
  });

  test('in the short mode some are about Sluice alone', async () => {
    const log: string[] = [];
    const peers = [peerNamed('sluice', log), peerNamed('a', log)];
    const about = (full: boolean) =>
      runScenario(
        scenarioOf(() => 1, log, { short: 'sluice' }),
        peers,
        ground({ full }),
      );
    expect((await about(false)).peers.map(({ peer }) => peer)).toEqual(['sluice']);
    expect((await about(true)).peers.map(({ peer }) => peer)).toEqual(['sluice', 'a']);
  });

  test('no proxy takes no part in what is about proxies', async () => {
    const log: string[] = [];
    const peers = [peerNamed('direct', log), peerNamed('a', log)];
    const result = await runScenario(
      scenarioOf(() => 1, log, { proxiesOnly: true }),
      peers,
      ground(),
    );
    expect(result.peers.map(({ peer }) => peer)).toEqual(['a']);
  });
});

describe('a peer that fails', () => {
  test('in a turn is ended and left out; the others go on', async () => {
    const log: string[] = [];
    const run = ({ peer, round }: Turn) => {
      if (peer === 'a' && round === 1) throw new Error('not a 200\nand more');
      return 1;
    };
    const result = await runScenario(
      scenarioOf(run, log),
      [peerNamed('a', log), peerNamed('b', log)],
      ground(),
    );
    expect(result.peers[0]).toMatchObject({ rounds: [{ rate: 1 }], problem: 'not a 200', notSpoken: false });
    expect(result.peers[1]?.rounds).toHaveLength(3);
    expect(log.filter((line) => line === 'turn a')).toHaveLength(2);
    expect(log.indexOf('stop a')).toBeLessThan(log.lastIndexOf('turn b'));
  });

  test('in its start takes no turn', async () => {
    const log: string[] = [];
    const said: string[] = [];
    const start = async () => {
      throw new Error('does not listen');
    };
    const result = await runScenario(
      scenarioOf(() => 1, log),
      [peerNamed('a', log, { start })],
      ground({ say: (text) => said.push(text) }),
    );
    expect(result.peers[0]).toMatchObject({ rounds: [], problem: 'does not listen' });
    expect(said).toEqual(['made-up a: does not listen']);
    expect(log).toEqual([]);
  });

  test('leaves no program behind, even one that it forgot', async () => {
    const log: string[] = [];
    let ended = false;
    const start: Peer['start'] = async ({ processes }) => {
      const program = await processes.start([process.execPath, '-e', 'setInterval(() => {}, 1000)']);
      void program.ended.then(() => {
        ended = true;
      });
      throw new Error('half started');
    };
    await runScenario(
      scenarioOf(() => 1, log),
      [peerNamed('a', log, { start })],
      ground(),
    );
    expect(ended).toBe(true);
  });

  test('by not speaking a protocol did nothing wrong', async () => {
    const log: string[] = [];
    const run = () => {
      throw new NotSpoken('HTTP/2 is not offered');
    };
    const result = await runScenario(scenarioOf(run, log), [peerNamed('a', log)], ground());
    expect(result.peers[0]).toMatchObject({ notSpoken: true, problem: 'HTTP/2 is not offered' });
  });
});

describe('a peer that records', () => {
  const recording = (log: string[], stop: () => Promise<{ counted: number; listed: undefined }>) =>
    peerNamed('a', log, {
      records: true,
      start: async () => ({ route: { proxyPort: 1, ca: '' }, pid: undefined, stop }),
    });

  test('is compared with the requests of all rounds', async () => {
    const log: string[] = [];
    const peer = recording(log, async () => ({ counted: 29, listed: undefined }));
    const result = await runScenario(
      scenarioOf(() => 1, log),
      [peer],
      ground(),
    );
    expect(result.peers[0]?.recorded).toEqual({ requests: 30, counted: 29, listed: undefined });
  });

  test('and whose end fails has failed', async () => {
    const log: string[] = [];
    const peer = recording(log, async () => {
      throw new Error('not everything could be written');
    });
    const result = await runScenario(
      scenarioOf(() => 1, log),
      [peer],
      ground(),
    );
    expect(result.peers[0]).toMatchObject({ problem: 'not everything could be written', notSpoken: false });
    expect(result.peers[0]?.recorded).toBeUndefined();
  });
});
