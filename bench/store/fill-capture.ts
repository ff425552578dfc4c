/** Runs as a process of its own: makes a capture of so many sessions, those of the store's bench. Arguments: its path, how many. */
import { openCapture } from '#store/open-capture.ts';
import { sessionEvents } from './traffic.ts';

const [path = '', count = ''] = process.argv.slice(2);
const store = await openCapture(path, 'write');
for (let id = 1; id <= Number(count); id++) {
  for (const event of sessionEvents(id)) if (!store.write(event)) await store.drained();
}
await store.flush();
await store.close();
