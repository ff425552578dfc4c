/**
 * Runs in every test file: after its tests, no socket, server, worker or timer that the tests opened may be left. Waits a little,
 * because closing is asynchronous, and fails the file with the list of what remains.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';

const WATCHED = new Set([
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'PipeWrap',
  'ProcessWrap',
  'Worker',
  'MessagePort',
  'FSEventWrap',
  'Timeout',
]);
const GRACE_MS = 3000;

function census(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) {
    if (WATCHED.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function extra(before: Map<string, number>): string[] {
  return [...census()]
    .filter(([name, count]) => count > (before.get(name) ?? 0))
    .map(([name, count]) => `${count - (before.get(name) ?? 0)} × ${name}`);
}

let before = new Map<string, number>();

beforeAll(() => {
  before = census();
});

afterAll(async () => {
  const deadline = Date.now() + GRACE_MS;
  // The delay below is itself a Timeout, but it has fired by the time the census is taken.
  while (extra(before).length > 0 && Date.now() < deadline) await delay(20);
  const left = extra(before);
  if (left.length > 0) throw new Error(`leaked by this test file: ${left.join(', ')}`);
});
