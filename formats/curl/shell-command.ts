/** What a shell makes of a text before curl sees any of it: the three readers of shells share this vocabulary. All texts are byte strings. */
import { SluiceError } from '#model/errors.ts';

/** A program with its arguments. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Standard input, where the text itself gives it. */
  readonly input?: string;
}

export interface ShellText {
  readonly commands: readonly ShellCommand[];
  /** What the shell would have replaced by something that is not in the text, such as variables; it stayed as it is. */
  readonly unknown: readonly string[];
}

/** @throws always SluiceError `bad-file` */
export function unclosed(what: string, text: string, at: number): never {
  const line = text.slice(0, at).split('\n').length;
  throw new SluiceError('bad-file', `The ${what} in line ${line} is not closed: copy the whole command.`);
}

/** `echo X | …` and `printf '%s' X | …`, whose output is known without running anything; undefined for other programs. */
export function knownOutput({ words }: ShellCommand): string | undefined {
  const [program, ...args] = words;
  if (program === 'echo') return args[0] === '-n' ? args.slice(1).join(' ') : `${args.join(' ')}\n`;
  if (program !== 'printf' || args.length !== 2) return undefined;
  const [format, text = ''] = args;
  if (format === '%s') return text;
  if (format !== '%b') return undefined;
  return text.replace(/\\(0[0-7]{1,3}|.)/gs, (_, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code, 8) & 0xff) : (NAMED[code] ?? `\\${code}`),
  );
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };
