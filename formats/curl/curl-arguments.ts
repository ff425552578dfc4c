/**
 * curl's command line and config files as settings in order (curl(1)): short options joined together or with their argument, `--next`, the
 * address that stands alone. It says nothing of what a setting means.
 */
import { SluiceError } from '#model/errors.ts';
import { nameOfLetter, takesArgument } from './option-table.ts';

/** `name` is the long name without dashes; an address is `url`. Texts are byte strings. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

function argumentAt(args: readonly string[], at: number, option: string): string {
  const value = args[at];
  if (value !== undefined) return value;
  throw new SluiceError('bad-file', `curl's option ${option} has no value: copy the whole command.`);
}

/** The settings of the arguments after `curl`. `--next` is one of them. @throws SluiceError `bad-file` */
export function curlArguments(args: readonly string[]): Setting[] {
  const settings: Setting[] = [];
  let onlyAddresses = false;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (onlyAddresses || !arg.startsWith('-') || arg === '-') settings.push({ name: 'url', value: arg });
    else if (arg === '--') onlyAddresses = true;
    else if (arg.startsWith('--')) {
      const [, name = '', , joined] = /^--([^=]*)(=([\s\S]*))?$/.exec(arg) ?? [];
      if (!takesArgument(name)) settings.push({ name, value: '' });
      else if (joined !== undefined) settings.push({ name, value: joined });
      else {
        at += 1;
        settings.push({ name, value: argumentAt(args, at, arg) });
      }
    } else {
      for (let letter = 1; letter < arg.length; letter += 1) {
        const name = nameOfLetter(arg[letter] ?? '');
        if (!takesArgument(name)) {
          settings.push({ name, value: '' });
          continue;
        }
        // What follows the letter is its argument; if nothing does, the next word is.
        if (letter + 1 === arg.length) at += 1;
        const value =
          letter + 1 < arg.length ? arg.slice(letter + 1) : argumentAt(args, at, `-${arg[letter]}`);
        settings.push({ name, value });
        break;
      }
    }
  }
  return settings;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', v: '\v' };

/** The settings of a config file, as `--config` reads one: an option a line, its value after blanks, a colon or an equals sign. */
export function curlConfig(text: string): Setting[] {
  const args: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, dashes = '', name = '', rest = ''] =
      /^\s*(-{0,2})([\w.#-]+)\s*[ \t:=]?\s*([\s\S]*)$/.exec(line) ?? [];
    if (name === '' || line.trimStart().startsWith('#')) continue;
    args.push(dashes === '-' ? `-${name}` : `--${name}`);
    const long = dashes === '-' ? nameOfLetter(name) : name;
    if (!takesArgument(long)) continue;
    const quoted = /^"([^"\\]*(?:\\.[^"\\]*)*)"/.exec(rest);
    const value = quoted?.[1]?.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
    args.push(value ?? rest.replace(/\s[\s\S]*$/, ''));
  }
  return curlArguments(args);
}
