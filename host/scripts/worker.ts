/** The thread of one script: its sandbox, and the messages between that and the host. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromScript, ScriptWorkerOptions, ToScript } from './protocol.ts';
import { Sandbox } from './sandbox.ts';
import { problemOf, type RawFault } from './script-fault.ts';
import { strippedSource } from './script-source.ts';

if (parentPort === null) throw new Error('host/scripts/worker.ts runs as a worker thread only');
const port = parentPort;
const { source, name, limits } = workerData as ScriptWorkerOptions;
const send = (message: FromScript) => port.postMessage(message);
const broken = (fault: RawFault) => send({ type: 'broken', problem: problemOf(fault, name) });

const sandbox = await Sandbox.open(
  {
    console: (level, text) => send({ type: 'console', level, text }),
    want: (call, side) => send({ type: 'want', call, side }),
    settle: (call, outcome, bytes) => send({ type: 'done', call, outcome, bytes }),
    fail: (call, fault) => send({ type: 'failed', call, problem: problemOf(fault, name) }),
  },
  limits,
);

function begin(): void {
  const stripped = strippedSource(source, name);
  if ('problem' in stripped) {
    send({ type: 'broken', problem: stripped.problem });
    return;
  }
  const loaded = sandbox.load(stripped.code, name);
  if ('hooks' in loaded) send({ type: 'loaded', registered: loaded });
  else broken(loaded);
}

function take(message: ToScript): RawFault | undefined {
  if (message.type === 'call')
    return sandbox.call(message.call, message.hook, message.input, message.content);
  return sandbox.deliver(message.call, message.side, message.body, message.problem);
}

/** What escapes the sandbox's own bookkeeping (a fault of WebAssembly) leaves it in no state to go on. */
function guarded(work: () => RawFault | undefined): void {
  try {
    const fault = work();
    if (fault !== undefined) broken(fault);
  } catch (error) {
    broken({ name: 'Limit', message: `The sandbox broke down: ${String(error).slice(0, 200)}`, stack: '' });
  }
}

port.on('message', (message: ToScript) => guarded(() => take(message)));
guarded(() => {
  begin();
  return undefined;
});
