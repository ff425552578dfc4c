import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { openCapture } from '#store/open-capture.ts';
import { record, temporaryFolder } from '#store/testing.ts';
import { createFindingsKeeper } from './findings-keeper.ts';

const finding = (checkId: string, parameter = 'p', sessionId = 1): Finding => ({
  checkId,
  sessionId,
  severity: 'low',
  confidence: 'high',
  title: 't',
  detail: 'd',
  endpoint: 'e',
  parameter,
  evidence: [],
});

async function capture() {
  const folder = temporaryFolder();
  const store = await openCapture(join(folder.path, 'a.sluice'), 'create');
  await record(store, makeSession({ id: 1 }), makeSession({ id: 2 }));
  const keeper = createFindingsKeeper(store);
  const kept = async (id = 1) => (await store.findings(id)).map((one) => `${one.checkId} ${one.parameter}`);
  return {
    keeper,
    kept,
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('the keeper of findings', () => {
  it('replaces what the same checks found before, and leaves what others found', async () => {
    await using at = await capture();
    await at.keeper.replace(1, ['a', 'b'], [finding('a'), finding('b')]);
    await at.keeper.replace(1, ['probe'], [finding('probe')]);
    expect(await at.kept()).toEqual(['a p', 'b p', 'probe p']);
    await at.keeper.replace(1, ['a', 'b'], [finding('a', 'q')]);
    expect(await at.kept()).toEqual(['probe p', 'a q']);
    await at.keeper.replace(1, ['probe'], []);
    expect(await at.kept()).toEqual(['a q']);
    expect(await at.kept(2)).toEqual([]);
  });

  it('loses nothing when several add at the same time', async () => {
    await using at = await capture();
    const names = Array.from({ length: 20 }, (_, i) => `c${i}`);
    await Promise.all(names.map((name) => at.keeper.replace(1, [name], [finding(name)])));
    expect(await at.kept()).toEqual(names.map((name) => `${name} p`));
  });

  it('tells of a failure to whom it concerns, and goes on with the next', async () => {
    const put: number[] = [];
    const keeper = createFindingsKeeper({
      findings: async () => [],
      putFindings: async (id) => {
        if (id === 1) throw new Error('no space');
        put.push(id);
      },
    });
    const failed = expect(keeper.replace(1, [], [])).rejects.toThrow('no space');
    await keeper.replace(2, [], []);
    await failed;
    expect(put).toEqual([2]);
  });
});
