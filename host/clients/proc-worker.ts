/** Answers for proc-finder.ts: which programs have these connections. */
import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from './proc-finder.ts';
import { ProcTables } from './proc-tables.ts';

const tables = new ProcTables();
parentPort?.on('message', (addresses: Asked) => {
  parentPort?.postMessage(tables.find(addresses) satisfies Answered);
});
