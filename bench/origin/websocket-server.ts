/** A program of its own: the WebSocket origin that echoes. Arguments: certificate, key. Prints its port. */
import { readFileSync } from 'node:fs';
import { webSocketOrigin } from '#proxy-core/testing/websocket-origin.ts';

const [cert = '', key = ''] = process.argv.slice(2).map((path) => readFileSync(path, 'utf8'));
const origin = await webSocketOrigin({ tls: { cert, key } });
process.stdout.write(`${origin.port}\n`);
