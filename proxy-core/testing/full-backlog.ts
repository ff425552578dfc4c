/**
 * An address where nobody answers, without leaving loopback: a listener whose process is stopped and whose queue is full, so that the
 * system drops further attempts in silence. POSIX only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Linux takes one more than the backlog into the queue; the rest is to spare. */
const FILLERS = 6;

const LISTEN = `require('node:net').createServer().listen({ host: process.argv[1], port: +process.argv[2], backlog: 1 }, function () {
  console.log(this.address().port);
});`;

export interface FullBacklog extends AsyncDisposable {
  readonly port: number;
}

export async function fullBacklog(host: string, port = 0): Promise<FullBacklog> {
  const child = spawn(process.execPath, ['-e', LISTEN, host, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGSTOP');
  const taken = Number(line.toString());
  const fillers: Socket[] = [];
  for (let i = 0; i < FILLERS; i += 1) {
    fillers.push(connect(taken, host).on('error', () => {}));
  }
  await once(fillers[0] as Socket, 'connect');
  return {
    port: taken,
    [Symbol.asyncDispose]: async () => {
      for (const socket of fillers) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}
