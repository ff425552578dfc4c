import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '#model/finding.ts';
import { httpOrigin } from '#proxy-core/testing/origin.ts';
import { viaProxy } from '#proxy-core/testing/proxy-client.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { firstItem, type RunningHost, runningHost } from '../testing/running-host.ts';

let at: RunningHost;
beforeAll(async () => {
  at = await runningHost([makeSession({ id: 1 }), makeSession({ id: 2 })]);
});
afterAll(() => at[Symbol.asyncDispose]());

const finding = (change: Partial<Finding> = {}): Finding => ({
  checkId: 'authorisation-missing',
  sessionId: 1,
  severity: 'high',
  confidence: 'high',
  title: 'Endpoint answers without credentials',
  detail: 'It answered.',
  endpoint: 'GET https://api.acme.test/orders/{id}',
  parameter: 'Cookie',
  evidence: [{ part: 'response-head', start: 0, end: 15 }],
  ...change,
});
const add = (...findings: Finding[]) => at.client.call('findings.add', { findings });
const of = async (id: number) => (await at.client.call('sessions.findings', { id })).findings;

describe('findings.add', () => {
  it('adds what a probe found to its sessions, and replaces what it said before', async () => {
    await add(finding(), finding({ parameter: 'Authorization' }), finding({ sessionId: 2 }));
    expect((await of(1)).map(({ parameter }) => parameter)).toEqual(['Cookie', 'Authorization']);
    expect(await of(2)).toHaveLength(1);
    await add(finding({ detail: 'It answered again.' }));
    expect(await of(1)).toEqual([finding({ detail: 'It answered again.' })]);
    expect(await of(2)).toHaveLength(1);
  });

  it('does not speak in the name of a check, or of nobody', async () => {
    for (const checkId of ['weak-password', 'nonsense', '']) {
      await expect(add(finding(), finding({ checkId }))).rejects.toMatchObject({ code: 'bad-request' });
    }
  });

  it('leaves out sessions that are gone', async () => {
    await add(finding({ sessionId: 99 }));
    expect(await of(99)).toEqual([]);
  });
});

describe('findings.watch', () => {
  it('tells what checks find in live traffic, in groups', async () => {
    await using origin = await httpOrigin((_, response) => {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"card":"4111 1111 1111 1111"}');
    });
    const groups = firstItem(at.client.open('findings.watch', {}), (item) =>
      item.groups.some(({ checkId, count }) => checkId === 'personal-data' && count === 2),
    );
    for (const id of [17, 18]) await viaProxy({ proxyPort: at.proxyPort, url: `${origin.url}/orders/${id}` });
    const item = await groups;
    expect(item.total).toBe(item.groups.reduce((sum, { count }) => sum + count, 0));
    expect(item.groups.find(({ checkId }) => checkId === 'personal-data')).toMatchObject({
      endpoint: `GET ${origin.url}/orders/{id}`,
      parameter: 'card',
      severity: 'high',
    });
  });

  it('tells those that pass a filter, and what is wrong with one', async () => {
    await add(finding({ parameter: 'Filtered' }));
    const passed = await firstItem(
      at.client.open('findings.watch', { filter: 'parameter=Filtered severity>=high' }),
      ({ groups }) => groups.length > 0,
    );
    expect(passed.groups.map(({ parameter }) => parameter)).toEqual(['Filtered']);
    expect(passed.total).toBeGreaterThanOrEqual(1);
    const wrong = await firstItem(at.client.open('findings.watch', { filter: 'chekc:x' }), () => true);
    expect(wrong.filterProblem).toContain('Did you mean "check"?');
    expect(wrong.groups.length).toBeGreaterThan(0);
  });

  it('follows what is added and what is removed', async () => {
    const has = (present: boolean) => (item: { groups: readonly { parameter: string }[] }) =>
      item.groups.some(({ parameter }) => parameter === 'X-Api-Key') === present;
    const added = firstItem(at.client.open('findings.watch', {}), has(true));
    await add(finding({ sessionId: 2, parameter: 'X-Api-Key' }));
    await added;
    const removed = firstItem(at.client.open('findings.watch', {}), has(false));
    await at.client.call('sessions.remove', { ids: [2] });
    await removed;
  });
});

describe('findings.triage', () => {
  it('says something of findings, for all who watch, and takes it back', async () => {
    const patterns = { check: 'authorisation-missing', parameter: 'X-Triage' };
    await add(finding({ parameter: 'X-Triage' }));
    const inState = (state: string, severity: string) =>
      firstItem(at.client.open('findings.watch', {}), ({ groups }) =>
        groups.some(
          ({ parameter, triage }) =>
            parameter === 'X-Triage' && triage.state === state && triage.severity === severity,
        ),
      );
    await inState('open', 'high');
    const accepted = inState('accepted', 'low');
    await at.client.call('findings.triage', {
      ...patterns,
      status: 'accepted',
      severity: 'low',
      reason: 'ours',
    });
    const { file, problems } = await accepted;
    expect(problems).toEqual([]);
    expect(readFileSync(file, 'utf8')).toContain('parameter = "X-Triage"\nstatus = "accepted"');
    const reopened = inState('reopened', 'high');
    await at.client.call('findings.triage', { ...patterns, status: 'fixed' });
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^since = .*$/m, 'since = 2020-01-01T00:00:00Z'));
    await reopened;
    const open = inState('open', 'high');
    await at.client.call('findings.triage', patterns);
    await open;
    await expect(
      at.client.call('findings.triage', { ...patterns, status: 'false-positive' }),
    ).rejects.toMatchObject({ code: 'bad-findings' });
  });
});
