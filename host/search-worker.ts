/** The search's worker thread: the store's search, given what decodes bodies. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchWorkerOptions } from '#store/search/protocol.ts';
import { serveSearch } from '#store/search/serve.ts';
import { decodeForSearch } from './search-decode.ts';

if (parentPort === null) throw new Error('host/search-worker.ts runs as a worker thread only');
serveSearch(parentPort, workerData as SearchWorkerOptions, decodeForSearch);
