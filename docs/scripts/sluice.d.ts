/**
 * What a script of Sluice is given, for editors: put this file beside your scripts, or name it in their tsconfig.json. See docs/scripts.md.
 * A script is a module in one file. It exports what it wants to be called for; everything it may export is in `Script`.
 */
declare module 'sluice' {
  /** Header fields in the order in which they stand; names are compared without regard to case. */
  export interface Headers extends Iterable<[name: string, value: string]> {
    /** The first of that name. */
    get(name: string): string | undefined;
    all(name: string): string[];
    has(name: string): boolean;
    /** In the place of the first of that name, whose others go; at the end when there is none. */
    set(name: string, value: string): void;
    add(name: string, value: string): void;
    delete(name: string): void;
  }

  /** After content decoding. Whoever asks for a body has it held back until it is whole; a body that nobody asks for streams past. */
  export interface Body {
    text(): Promise<string>;
    // biome-ignore lint/suspicious/noExplicitAny: what JSON holds its reader knows
    json(): Promise<any>;
    bytes(): Promise<Uint8Array>;
  }

  /** Lengths, content codings and digests are put right. */
  export interface BodyEdits {
    setText(text: string): void;
    setJson(value: unknown): void;
    setBytes(bytes: Uint8Array): void;
  }

  export interface Notes {
    /** 0 takes the session's mark away, 1 to 5 are its colours. */
    mark(colour: 0 | 1 | 2 | 3 | 4 | 5): void;
    comment(text: string): void;
  }

  export interface Answer {
    /** Default: 200. */
    status?: number;
    headers?: Record<string, string> | [name: string, value: string][];
    /** Text, or what is written as JSON. */
    body?: unknown;
  }

  export interface Query {
    get(name: string): string | undefined;
    set(name: string, value: string | number): void;
    delete(name: string): void;
  }

  /** On its way to the origin: what is assigned goes on. */
  export interface Request extends Body, BodyEdits, Notes {
    method: string;
    url: string;
    readonly host: string;
    /** Without the query. */
    readonly path: string;
    readonly query: Query;
    readonly headers: Headers;
    /** Number of its session; 0 where it is not recorded. */
    readonly session: number;
    /** Answers in the origin's place. */
    answer(answer?: Answer): void;
    /** Closes the connection without an answer. */
    drop(): void;
  }

  /** As it was sent on. */
  export interface SentRequest {
    readonly method: string;
    readonly url: string;
    readonly host: string;
    readonly path: string;
    readonly headers: Headers;
  }

  /** On its way to the client. */
  export interface Response extends Body, BodyEdits, Notes {
    status: number;
    reason: string;
    readonly headers: Headers;
    readonly session: number;
    drop(): void;
  }

  /** Of a WebSocket, or an event of an event stream. */
  export interface Message {
    readonly direction: 'sent' | 'received';
    readonly kind: 'text' | 'binary';
    readonly url: string;
    readonly session: number;
    /** Of a text; an event of a stream is its lines as they stand there. */
    text: string | undefined;
    /** Of a binary message. */
    bytes: Uint8Array | undefined;
    drop(): void;
  }

  export interface RecordedMessage extends Body {
    readonly headers: Headers;
  }

  /** As it was recorded. */
  export interface Session extends Notes {
    readonly id: number;
    readonly method: string;
    readonly url: string;
    readonly host: string;
    readonly path: string;
    readonly state: string;
    readonly status?: number;
    /** Media type of the response. */
    readonly type?: string;
    /** ms since the epoch. */
    readonly startedAt: number;
    /** ms. */
    readonly duration?: number;
    /** Code of the failure. */
    readonly error?: string;
    readonly request: RecordedMessage;
    readonly response?: RecordedMessage & { readonly status: number; readonly reason: string };
  }

  type Shown = string | number | boolean | undefined | null;
  type Maybe<T> = T | Promise<T>;

  /** All that a script may export. */
  export interface Script {
    /** The filter language over requests (docs/filters.md): for others nothing of the script is called, and they cost nothing. */
    filter?: string;
    request?(request: Request): Maybe<void>;
    response?(response: Response, request: SentRequest): Maybe<void>;
    message?(message: Message): Maybe<void>;
    /** After the session has ended. It holds nothing up. */
    finished?(session: Session): Maybe<void>;
    /** By name: what the session shows in them. */
    columns?: Record<string, (session: Session) => Maybe<Shown>>;
    /** By name: a body as text; undefined where the view is not for it. */
    views?: Record<string, (body: RecordedMessage, session: Session) => Maybe<Shown>>;
  }
}

declare const console: {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
};
