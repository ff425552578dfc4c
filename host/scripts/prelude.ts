/**
 * What stands in a sandbox before a script does: `console`, and the objects that hooks are given. The function below is sent into the sandbox as its text, so
 * it uses nothing but the language, and what it is given. Whatever a script makes of it afterwards is the script's own loss: the host believes none of it.
 */

/** The sandbox's way out: strings and octets alone. */
export interface SandboxHost {
  console(level: string, text: string): void;
  /** Asks for a body; `deliver` brings it. */
  want(call: number, side: string): void;
  settle(call: number, outcome: string, bytes: ArrayBuffer | undefined): void;
  fail(call: number, error: string): void;
}

/** What the prelude answers: the ways in. */
export interface SandboxEntrances {
  /** Takes a module's exports. @returns JSON of `Registered` */
  register(exports: Record<string, unknown>): string;
  call(call: number, hook: string, input: string, content: ArrayBuffer | undefined): void;
  /** Exactly one of text (JSON), bytes and a problem. */
  deliver(call: number, side: string, text: string, bytes: ArrayBuffer, problem: string): void;
}

/** Exports that mean something. */
export interface Registered {
  readonly hooks: readonly string[];
  readonly filter?: string;
  readonly columns: readonly string[];
  readonly views: readonly string[];
  readonly unknown: readonly string[];
  readonly problem?: string;
}

type Pair = [string, string];
type Given = Readonly<Record<string, unknown>>;

export function prelude(host: SandboxHost): SandboxEntrances {
  const MAX_TEXT = 2000;
  const MAX_LINES = 200;
  const HOOKS = ['request', 'response', 'message', 'finished'];
  const { parse, stringify } = JSON;
  let script: Record<string, unknown> = {};
  let lines = 0;

  function shown(value: unknown): string {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (typeof value === 'function') return `[function ${value.name}]`;
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Uint8Array) return `[${value.length} bytes]`;
    try {
      return stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  }
  const say =
    (level: string) =>
    (...values: unknown[]) => {
      lines += 1;
      if (lines > MAX_LINES) return;
      const text = lines === MAX_LINES ? '… and more, which is left out' : values.map(shown).join(' ');
      host.console(level, text.slice(0, MAX_TEXT));
    };
  Object.defineProperty(globalThis, 'console', {
    value: {
      log: say('log'),
      info: say('info'),
      warn: say('warn'),
      error: say('error'),
      debug: say('debug'),
    },
  });

  class Headers {
    readonly pairs: Pair[];
    changed = false;
    constructor(pairs: Pair[]) {
      this.pairs = pairs;
    }
    get(name: string): string | undefined {
      return this.all(name)[0];
    }
    all(name: string): string[] {
      const wanted = String(name).toLowerCase();
      return this.pairs.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
    }
    has(name: string): boolean {
      return this.all(name).length > 0;
    }
    set(name: string, value: unknown): void {
      const wanted = String(name).toLowerCase();
      const at = this.pairs.findIndex(([key]) => key.toLowerCase() === wanted);
      if (at < 0) {
        this.add(name, value);
        return;
      }
      this.changed = true;
      const kept = this.pairs[at]?.[0] ?? name;
      this.#remove(wanted);
      this.pairs.splice(at, 0, [kept, String(value)]);
    }
    add(name: string, value: unknown): void {
      this.changed = true;
      this.pairs.push([String(name), String(value)]);
    }
    delete(name: string): void {
      this.changed = true;
      this.#remove(String(name).toLowerCase());
    }
    #remove(wanted: string): void {
      for (let i = this.pairs.length - 1; i >= 0; i -= 1) {
        if (this.pairs[i]?.[0].toLowerCase() === wanted) this.pairs.splice(i, 1);
      }
    }
    [Symbol.iterator](): Iterator<Pair> {
      return this.pairs.map(([name, value]): Pair => [name, value])[Symbol.iterator]();
    }
  }

  interface Waiting {
    resolve: (body: { text: string; bytes: ArrayBuffer }) => void;
    reject: (error: Error) => void;
  }
  const waiting = new Map<string, Waiting>();

  /** A body that is asked for once, whoever reads it. */
  class Body {
    #asked: Promise<{ text: string; bytes: ArrayBuffer }> | undefined;
    readonly #call: number;
    readonly #side: string;
    replaced: string | Uint8Array | undefined;
    constructor(call: number, side: string) {
      this.#call = call;
      this.#side = side;
    }
    #ask() {
      this.#asked ??= new Promise((resolve, reject) => {
        waiting.set(`${this.#call} ${this.#side}`, { resolve, reject });
        host.want(this.#call, this.#side);
      });
      return this.#asked;
    }
    async text(): Promise<string> {
      if (typeof this.replaced === 'string') return this.replaced;
      if (this.replaced !== undefined) throw new TypeError('The body has been replaced by bytes.');
      return parse((await this.#ask()).text) as string;
    }
    async json(): Promise<unknown> {
      return parse(await this.text());
    }
    async bytes(): Promise<Uint8Array> {
      if (this.replaced instanceof Uint8Array) return this.replaced;
      if (this.replaced !== undefined) throw new TypeError('The body has been replaced by text.');
      return new Uint8Array((await this.#ask()).bytes);
    }
  }

  /** What a hook's messages have in common. */
  function withBody(call: number, side: string, headers: Headers) {
    const body = new Body(call, side);
    return {
      body,
      parts: {
        headers,
        text: () => body.text(),
        json: () => body.json(),
        bytes: () => body.bytes(),
      },
      edits: {
        setText(text: unknown) {
          body.replaced = String(text);
        },
        setJson(value: unknown) {
          body.replaced = stringify(value) ?? 'null';
        },
        setBytes(bytes: unknown) {
          if (!(bytes instanceof Uint8Array)) throw new TypeError('setBytes takes a Uint8Array.');
          body.replaced = bytes.slice();
        },
      },
    };
  }

  function notes(outcome: Record<string, unknown>) {
    return {
      mark(number: unknown) {
        outcome.mark = Number(number);
      },
      comment(text: unknown) {
        outcome.comment = String(text).slice(0, MAX_TEXT);
      },
    };
  }

  const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
  const hostOf = (url: string) => (AUTHORITY.exec(url)?.[1] ?? '').replace(/:\d+$/, '');
  const pathOf = (url: string) => url.replace(AUTHORITY, '').replace(/[?#].*$/s, '') || '/';

  /** Name=value pairs of a URL, read and written in its place. */
  function queryOf(read: () => string, write: (url: string) => void) {
    const decoded = (text: string) => {
      try {
        return decodeURIComponent(text.replace(/\+/g, ' '));
      } catch {
        return text;
      }
    };
    const members = () => {
      const at = read().indexOf('?');
      const query = at < 0 ? '' : read().slice(at + 1);
      return query === '' ? [] : query.split('&');
    };
    const nameOf = (member: string) => decoded(member.split('=', 1)[0] ?? '');
    const put = (list: string[]) => {
      const base = read().split('?', 1)[0] ?? '';
      write(list.length === 0 ? base : `${base}?${list.join('&')}`);
    };
    const member = (name: string, value: unknown) =>
      `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`;
    return {
      get(name: string): string | undefined {
        const found = members().find((one) => nameOf(one) === name);
        return found === undefined ? undefined : decoded(found.slice(found.indexOf('=') + 1 || found.length));
      },
      set(name: string, value: unknown) {
        const list = members();
        const at = list.findIndex((one) => nameOf(one) === name);
        const kept = list.filter((one, i) => i <= at || nameOf(one) !== name);
        if (at < 0) put([...list, member(name, value)]);
        else put(kept.map((one, i) => (i === at ? member(name, value) : one)));
      },
      delete(name: string) {
        put(members().filter((one) => nameOf(one) !== name));
      },
    };
  }

  /** Only what the hook may see of a request that has gone. */
  const seenRequest = (given: Given) => ({
    method: String(given.method),
    url: String(given.url),
    host: hostOf(String(given.url)),
    path: pathOf(String(given.url)),
    headers: new Headers(given.headers as Pair[]),
  });

  function replacedBody(outcome: Record<string, unknown>, body: Body): ArrayBuffer | undefined {
    if (typeof body.replaced === 'string') outcome.text = body.replaced;
    return body.replaced instanceof Uint8Array ? (body.replaced.buffer as ArrayBuffer) : undefined;
  }

  interface Made {
    readonly subject: unknown;
    readonly more: readonly unknown[];
    /** Writes what has become of it. */
    readonly finish: (outcome: Record<string, unknown>) => ArrayBuffer | undefined;
  }

  function madeRequest(call: number, given: Given, outcome: Record<string, unknown>): Made {
    const headers = new Headers(given.headers as Pair[]);
    const { body, parts, edits } = withBody(call, 'request', headers);
    let url = String(given.url);
    const subject = {
      method: String(given.method),
      get url() {
        return url;
      },
      set url(value: unknown) {
        url = String(value);
      },
      get host() {
        return hostOf(url);
      },
      get path() {
        return pathOf(url);
      },
      query: queryOf(
        () => url,
        (next) => {
          url = next;
        },
      ),
      session: given.session,
      ...parts,
      ...edits,
      ...notes(outcome),
      answer({ status = 200, headers: fields = {}, body: content = '' }: Record<string, unknown> = {}) {
        const pairs = Array.isArray(fields) ? fields : Object.entries(fields as object);
        const plain = typeof content === 'string';
        const text = plain ? content : stringify(content);
        const typed = pairs.some(([name]) => String(name).toLowerCase() === 'content-type');
        const type = plain ? 'text/plain; charset=utf-8' : 'application/json';
        outcome.answer = {
          status: Number(status),
          headers: [
            ...pairs.map(([name, value]) => [String(name), String(value)]),
            ...(typed ? [] : [['Content-Type', type]]),
          ],
          text,
        };
      },
      drop() {
        outcome.drop = true;
      },
    };
    return {
      subject,
      more: [],
      finish: () => {
        if (subject.method !== given.method) outcome.method = String(subject.method);
        if (url !== given.url) outcome.url = url;
        if (headers.changed) outcome.headers = headers.pairs;
        return replacedBody(outcome, body);
      },
    };
  }

  function madeResponse(call: number, given: Given, outcome: Record<string, unknown>): Made {
    const headers = new Headers(given.headers as Pair[]);
    const { body, parts, edits } = withBody(call, 'response', headers);
    const subject = {
      status: Number(given.status),
      reason: String(given.reason),
      session: given.session,
      ...parts,
      ...edits,
      ...notes(outcome),
      drop() {
        outcome.drop = true;
      },
    };
    return {
      subject,
      more: [seenRequest(given.request as Given)],
      finish: () => {
        if (subject.status !== given.status) outcome.status = Number(subject.status);
        if (subject.reason !== given.reason) outcome.reason = String(subject.reason);
        if (headers.changed) outcome.headers = headers.pairs;
        return replacedBody(outcome, body);
      },
    };
  }

  function madeMessage(given: Given, outcome: Record<string, unknown>, content: ArrayBuffer): Made {
    const subject = {
      direction: given.direction,
      kind: given.text === undefined ? 'binary' : 'text',
      url: given.url,
      session: given.session,
      text: given.text,
      bytes: given.text === undefined ? new Uint8Array(content) : undefined,
      drop() {
        outcome.drop = true;
      },
    };
    const came = subject.bytes;
    return {
      subject,
      more: [],
      finish: () => {
        if (given.text !== undefined && subject.text !== given.text) outcome.text = String(subject.text);
        if (given.text !== undefined || !(subject.bytes instanceof Uint8Array)) return undefined;
        // Octets may have been changed in their place.
        return subject.bytes === came ? came.slice().buffer : (subject.bytes.slice().buffer as ArrayBuffer);
      },
    };
  }

  function madeSession(call: number, given: Given, outcome: Record<string, unknown>): Made {
    const request = given.request as Given;
    const response = given.response as Given | undefined;
    const side = (name: string, headers: unknown) =>
      withBody(call, name, new Headers(headers as Pair[])).parts;
    const { request: _, response: __, ...facts } = given;
    const seen = {
      ...facts,
      request: side('request', request.headers),
      response: response && {
        status: response.status,
        reason: response.reason,
        ...side('response', response.headers),
      },
      ...notes(outcome),
    };
    return { subject: seen, more: [], finish: () => undefined };
  }

  function made(
    call: number,
    hook: string,
    given: Given,
    outcome: Record<string, unknown>,
    content: ArrayBuffer,
  ): Made {
    switch (hook) {
      case 'request':
        return madeRequest(call, given, outcome);
      case 'response':
        return madeResponse(call, given, outcome);
      case 'message':
        return madeMessage(given, outcome, content);
      default:
        return madeSession(call, given, outcome);
    }
  }

  function described(error: unknown): string {
    try {
      if (error instanceof Error) {
        const { name, message, stack = '' } = error;
        return stringify({
          name: String(name),
          message: String(message),
          stack: String(stack).slice(0, 4000),
        });
      }
      return stringify({ name: 'Thrown', message: shown(error).slice(0, MAX_TEXT), stack: '' });
    } catch {
      return stringify({ name: 'Error', message: 'An error that cannot be shown.', stack: '' });
    }
  }

  function functionFor(hook: string, name: unknown): (...args: unknown[]) => unknown {
    if (HOOKS.includes(hook)) return script[hook] as () => unknown;
    const group = script[hook === 'column' ? 'columns' : 'views'] as Record<string, () => unknown>;
    return group[String(name)] as () => unknown;
  }

  async function run(call: number, hook: string, input: string, content: ArrayBuffer): Promise<void> {
    lines = 0;
    const { name, side, ...given } = parse(input) as Record<string, unknown>;
    const outcome: Record<string, unknown> = {};
    const { subject, more, finish } = made(call, hook, given, outcome, content);
    // A view is of one side; it is given that message, then the session.
    const args =
      hook === 'view' ? [(subject as Record<string, unknown>)[String(side)], subject] : [subject, ...more];
    const value = await functionFor(hook, name)(...args);
    if (hook === 'column' || hook === 'view') {
      if (value !== undefined && value !== null) outcome.value = shown(value);
    }
    const bytes = finish(outcome);
    host.settle(call, stringify(outcome), bytes);
  }

  return {
    register(exports) {
      const names = Object.keys(exports);
      const hooks = HOOKS.filter((name) => names.includes(name));
      const group = (name: string) => {
        const value = exports[name];
        return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
      };
      const functions = [
        ...hooks.map((name) => [name, exports[name]] as const),
        ...Object.entries(group('columns')),
        ...Object.entries(group('views')),
      ];
      const wrong = functions.find(([, value]) => typeof value !== 'function')?.[0];
      const { filter } = exports;
      const known = [...HOOKS, 'filter', 'columns', 'views'];
      script = exports;
      return stringify({
        hooks,
        ...(filter === undefined ? {} : { filter: String(filter) }),
        columns: Object.keys(group('columns')),
        views: Object.keys(group('views')),
        unknown: names.filter((name) => !known.includes(name)),
        ...(wrong === undefined ? {} : { problem: `"${wrong}" must be a function.` }),
      });
    },
    call(call, hook, input, content) {
      run(call, hook, input, content ?? new ArrayBuffer(0)).catch((error) =>
        host.fail(call, described(error)),
      );
    },
    deliver(call, side, text, bytes, problem) {
      const key = `${call} ${side}`;
      const one = waiting.get(key);
      waiting.delete(key);
      if (problem !== '') one?.reject(new Error(problem));
      else one?.resolve({ text, bytes });
    },
  };
}
