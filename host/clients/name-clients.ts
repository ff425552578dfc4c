/**
 * Says of sessions from this machine which program they came from. It stands between an engine and the store, and looks each connection up
 * once, beside the traffic: one look answers for all that wait, and looks keep a distance. What is not known when a session ends is waited
 * for a moment: the session's end is held back, never its traffic.
 */
import type { CaptureEvent, CaptureSink } from '#model/capture-event.ts';
import type { ExchangeFacts, SessionId } from '#model/session.ts';
import type { ClientProcess, ProcessFinder } from './process-finder.ts';

/** Between two looks, ms, and as a multiple of how long the last one took: looking costs less than a tenth of a processor. */
const GAP_MS = 50;
const GAP_TIMES = 10;
/** How long the end of a session waits at most, ms: well within what may be lost when the machine fails. */
const HOLD_MS = 150;
/** Connections that are remembered. */
const MOST_CONNECTIONS = 10_000;
/** After so many failures in a row it is given up: the system does not tell. */
const MOST_FAILURES = 3;

type End = Extract<CaptureEvent, { type: 'end' }>;
type Facts = Extract<CaptureEvent, { type: 'facts' }>;

interface Connection {
  readonly address: string;
  /** Its process is being looked for. */
  pending: boolean;
  process: ClientProcess | undefined;
  /** The facts told last, without and with the process: an engine mostly tells the same object again. */
  named: { readonly of: ExchangeFacts; readonly facts: ExchangeFacts } | undefined;
  /** Sessions that are to be told of its process, with their ends where those are held back. */
  readonly waiting: Map<SessionId, End | undefined>;
  timer: NodeJS.Timeout | undefined;
}

export interface NamedClients extends AsyncDisposable {
  readonly sink: CaptureSink;
  /** A client has connected; `address` as `ip:port`. Its process is looked up while it sends its request. */
  arrived(address: string | undefined, connection: number): void;
}

const isLoopback = (address: string) => address.startsWith('127.') || address.startsWith('[::1]:');
const factsOf = ({ name, id }: ClientProcess) => ({ process: name, processId: id });

class Clients implements NamedClients {
  readonly sink: CaptureSink;
  readonly #inner: CaptureSink;
  readonly #finder: ProcessFinder;
  readonly #connections = new Map<number, Connection>();
  /** The connection of each session that waits. */
  readonly #waiting = new Map<SessionId, Connection>();
  #wanted: Connection[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #failures = 0;
  #closed = false;

  constructor(inner: CaptureSink, finder: ProcessFinder) {
    this.#inner = inner;
    this.#finder = finder;
    this.sink = { write: (event) => this.#write(event), drained: () => inner.drained() };
  }

  arrived(address: string | undefined, number: number): void {
    if (address === undefined || this.#closed || this.#failures >= MOST_FAILURES) return;
    if (!isLoopback(address) || this.#connections.has(number)) return;
    const connection: Connection = {
      address,
      pending: true,
      process: undefined,
      named: undefined,
      waiting: new Map(),
      timer: undefined,
    };
    this.#connections.set(number, connection);
    if (this.#connections.size > MOST_CONNECTIONS) this.#forgetOldest();
    this.#wanted.push(connection);
    if (this.#timer === undefined && !this.#looking) void this.#look();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const connection of this.#connections.values()) this.#settle(connection);
    await this.#finder[Symbol.asyncDispose]();
  }

  #write(event: CaptureEvent): boolean {
    if (event.type === 'facts') return this.#facts(event);
    if (event.type === 'end' && this.#waiting.size > 0) {
      const connection = this.#waiting.get(event.id);
      if (connection !== undefined) {
        connection.waiting.set(event.id, event);
        connection.timer ??= setTimeout(() => this.#settle(connection, 'ended'), HOLD_MS);
        return true;
      }
    }
    return this.#inner.write(event);
  }

  #facts(event: Facts): boolean {
    const { id, facts } = event;
    const { clientConnection, clientAddress } = facts;
    if (clientConnection === undefined) return this.#inner.write(event);
    if (!this.#connections.has(clientConnection)) this.arrived(clientAddress, clientConnection);
    const connection = this.#connections.get(clientConnection);
    if (connection?.process !== undefined) {
      if (connection.named?.of !== facts)
        connection.named = { of: facts, facts: { ...facts, ...factsOf(connection.process) } };
      return this.#inner.write({ type: 'facts', id, facts: connection.named.facts });
    }
    if (connection?.pending && !connection.waiting.has(id)) {
      connection.waiting.set(id, undefined);
      this.#waiting.set(id, connection);
    }
    return this.#inner.write(event);
  }

  async #look(): Promise<void> {
    this.#looking = true;
    const connections = this.#wanted;
    this.#wanted = [];
    const began = performance.now();
    let found: ReadonlyMap<string, ClientProcess> = new Map();
    try {
      found = await this.#finder.find(connections.map(({ address }) => address));
      this.#failures = 0;
    } catch {
      this.#failures += 1;
    }
    this.#looking = false;
    for (const connection of connections) {
      connection.process = found.get(connection.address);
      connection.pending = false;
      this.#settle(connection);
    }
    if (this.#closed) return;
    const gap = Math.max(GAP_MS, (performance.now() - began) * GAP_TIMES);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#wanted.length > 0) void this.#look();
    }, gap);
  }

  /** Tells the sessions that wait, or only those that have ended, what is known by now, and lets them end. */
  #settle(connection: Connection, which: 'all' | 'ended' = 'all'): void {
    clearTimeout(connection.timer);
    connection.timer = undefined;
    const { waiting, process } = connection;
    for (const [id, end] of waiting) {
      if (end === undefined && which === 'ended') continue;
      waiting.delete(id);
      this.#waiting.delete(id);
      if (process !== undefined) this.#inner.write({ type: 'facts', id, facts: factsOf(process) });
      if (end !== undefined) this.#inner.write(end);
    }
  }

  #forgetOldest(): void {
    for (const [number, connection] of this.#connections) {
      this.#settle(connection);
      this.#connections.delete(number);
      return;
    }
  }
}

/** Without `finder` sessions go to `sink` as they are. */
export function nameClients(sink: CaptureSink, finder: ProcessFinder | undefined): NamedClients {
  if (finder !== undefined) return new Clients(sink, finder);
  return { sink, arrived: () => undefined, [Symbol.asyncDispose]: async () => undefined };
}
