/** WebSocket messages there and back. */
import { openMany, openTls } from '../load/connection.ts';
import { measure } from '../load/driver.ts';
import { startWebSocket, upgrade } from '../load/websocket.ts';
import type { Scenario } from './scenario.ts';
import { rateMetrics, taken } from './throughput.ts';

const CONNECTIONS = 16;
const UNDER_WAY = 4;

export const websocket: Scenario = {
  name: 'websocket',
  title: 'WebSocket messages',
  note: `${CONNECTIONS} connections (wss), ${UNDER_WAY} text messages of 125 bytes under way on each; a message counts when its echo is back.`,
  metrics: rateMetrics('echoes'),
  run: async (turn) => {
    const port = turn.origin.webSocketPort;
    const target = { address: '127.0.0.1', port, serverName: 'bench.test' };
    const connections = await openMany(CONNECTIONS, async () => {
      const socket = await openTls(turn.route, target, 'http/1.1');
      await upgrade(socket, `127.0.0.1:${port}`);
      return socket;
    });
    const rate = await measure(startWebSocket(connections, UNDER_WAY), turn);
    // A connection is one session, however many messages it carries.
    return { ...taken(rate.answers, rate), requests: CONNECTIONS };
  },
};
