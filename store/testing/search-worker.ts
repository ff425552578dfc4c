/** A search's worker for the store's tests, with a decoder that is enough for them. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SearchWorkerOptions } from '../search/protocol.ts';
import { serveSearch } from '../search/serve.ts';
import { decodeWhole } from './searched-capture.ts';

if (parentPort === null) throw new Error('store/testing/search-worker.ts runs as a worker thread only');
serveSearch(parentPort, workerData as SearchWorkerOptions, decodeWhole);
