/** A program of its own: mockttp as a plain proxy. Arguments: certificate and key of its authority. Prints its port. */
import { getLocal } from 'mockttp';

const [certPath = '', keyPath = ''] = process.argv.slice(2);
// Keeping every exchange in memory is for its tests; a proxy that runs for long switches it off.
const server = getLocal({ https: { certPath, keyPath }, http2: true, recordTraffic: false });
await server.forAnyRequest().thenPassThrough();
await server.forAnyWebSocket().thenPassThrough();
await server.start();
process.stdout.write(`${server.port}\n`);
