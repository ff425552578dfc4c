/**
 * The parts of a .http or .rest file, as VS Code's REST Client and JetBrains' HTTP Client write them, before variables are filled in:
 * requests between `###` lines, `@name = value` variables, comments, scripts (which are never run). A plain request as it stood on the wire
 * is the same with one section.
 */

export interface HttpSection {
  readonly name: string;
  /** `METHOD address [version]`, further lines of the address joined to it. */
  readonly line: string;
  readonly headers: readonly (readonly [string, string])[];
  /** As it stands in the file, without the line end before the next section. */
  readonly body: string;
  /** From the request line on, as it stands in the file: it may be a curl command. */
  readonly raw: string;
  /** What was there and is no part of a request: scripts, files named for the answer. */
  readonly passedOver: readonly string[];
}

export interface HttpFile {
  readonly variables: ReadonlyMap<string, string>;
  readonly sections: readonly HttpSection[];
}

const isComment = (line: string) => /^\s*(?:#|\/\/)/.test(line);
const SCRIPT = 'script';

/** A line as (start, end) in the text, the line end left out. */
interface Line {
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    lines.push({ text: text.slice(start, stop).replace(/\r$/, ''), start });
    start = stop + 1;
  }
  return lines;
}

class Section {
  readonly #text: string;
  readonly #end: number;
  readonly #lines: Line[];
  #at = 0;
  #name: string;
  readonly #passedOver: string[] = [];

  constructor(text: string, lines: Line[], end: number, name: string) {
    this.#text = text;
    this.#lines = lines;
    this.#end = end;
    this.#name = name;
  }

  read(variables: Map<string, string>): HttpSection | undefined {
    this.#preamble(variables);
    const raw = this.#text.slice(this.#lines[this.#at]?.start ?? this.#end, this.#end);
    const line = this.#requestLine();
    if (line === undefined) return undefined;
    const headers = this.#headers();
    return { name: this.#name, line, headers, body: this.#body(), raw, passedOver: this.#passedOver };
  }

  #here = (): string | undefined => this.#lines[this.#at]?.text;

  /** Everything before the request line. */
  #preamble(variables: Map<string, string>): void {
    for (let line = this.#here(); line !== undefined; line = this.#here()) {
      const named = /^\s*(?:#|\/\/)\s*@name[\s=]+(\S.*)$/.exec(line);
      const variable = /^\s*@([^\s=]+)\s*=\s*(.*)$/.exec(line);
      if (named !== null) this.#name = (named[1] ?? '').trim();
      else if (variable !== null) variables.set(variable[1] ?? '', (variable[2] ?? '').trim());
      else if (/^\s*<\s*\{%/.test(line)) this.#script();
      else if (/^\s*<\s+\S+\.js\s*$/.test(line)) this.#passedOver.push(SCRIPT);
      else if (line.trim() !== '' && !isComment(line)) return;
      this.#at += 1;
    }
  }

  /** Up to the line with `%}`. */
  #script(): void {
    this.#passedOver.push(SCRIPT);
    while (this.#at + 1 < this.#lines.length && !(this.#here() ?? '').includes('%}')) this.#at += 1;
  }

  #requestLine(): string | undefined {
    let line = this.#here()?.trim();
    if (line === undefined) return undefined;
    this.#at += 1;
    const more: string[] = [];
    for (let next = this.#here(); next !== undefined && /^\s+\S/.test(next); next = this.#here()) {
      more.push(next.trim());
      this.#at += 1;
    }
    // A query over several lines stands before the version, where there is one.
    const version = /\s+HTTP\/\d(?:\.\d)?$/.exec(line)?.[0] ?? '';
    if (more.length > 0) line = line.slice(0, line.length - version.length) + more.join('') + version;
    return line;
  }

  #headers(): [string, string][] {
    const headers: [string, string][] = [];
    for (let line = this.#here(); line !== undefined && line.trim() !== ''; line = this.#here()) {
      this.#at += 1;
      if (isComment(line)) continue;
      const colon = line.indexOf(':', 1);
      headers.push(
        colon < 0 ? [line.trim(), ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()],
      );
    }
    this.#at += 1;
    return headers;
  }

  #body(): string {
    const from = this.#lines[this.#at]?.start ?? this.#end;
    let end = this.#end;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const { text: line, start } = this.#lines[this.#at] ?? { text: '', start: end };
      // JetBrains: what handles the answer stands below the body.
      if (!/^(?:>\s*\{%|>>?!?\s+\S|<>\s)/.test(line)) continue;
      end = Math.min(end, start);
      if (/^>\s*\{%/.test(line)) this.#script();
      else this.#passedOver.push(/^>\s/.test(line) ? SCRIPT : 'file for the answer');
    }
    return this.#text.slice(from, Math.max(from, end));
  }
}

export function httpSections(text: string): HttpFile {
  const clean = text.replace(/^\ufeff/, '');
  const variables = new Map<string, string>();
  const sections: HttpSection[] = [];
  const lines = linesOf(clean);
  let from = 0;
  let name = '';
  const end = (to: number) => {
    const section = new Section(clean, lines.slice(from, to), lines[to]?.start ?? clean.length, name).read(
      variables,
    );
    if (section !== undefined) sections.push(section);
  };
  lines.forEach((line, at) => {
    if (!line.text.startsWith('###')) return;
    end(at);
    from = at + 1;
    name = line.text.replace(/^#+/, '').trim();
  });
  end(lines.length);
  return { variables, sections };
}
