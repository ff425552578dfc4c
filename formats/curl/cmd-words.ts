/**
 * The commands that cmd.exe's prompt would run for a text, as its rules are documented: carets outside quotation marks take the meaning
 * from the character after them, a line goes on after a caret at its end; what is left is split by the C runtime's rules, by which
 * backslashes count before a quotation mark alone. Variables are not known: they stay, and are reported.
 */
import type { ShellCommand, ShellText } from './shell-command.ts';

/** The lines without carets, each one command; redirections to files are dropped. */
function commandLines(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  let quoted = false;
  const end = () => {
    lines.push(line);
    line = '';
    quoted = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '"') quoted = !quoted;
    if (char === '\n') end();
    else if (quoted || char === '"') line += char;
    else if (char === '^') {
      at += 1;
      // The line end after a caret is no character; the one after it has no meaning to cmd.
      if (text[at] === '\n') at += 1;
      line += text[at] ?? '';
    } else if ('&|()'.includes(char)) end();
    else if (char === '<' || char === '>') {
      const target = /[<>]+&?\s*(?:"[^"\n]*"|[^\s&|]*)/y;
      target.lastIndex = at;
      at += (target.exec(text)?.[0].length ?? 1) - 1;
    } else line += char;
  }
  end();
  return lines;
}

/** CommandLineToArgvW's and the C runtime's rules. */
export function runtimeArguments(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; ) {
    const char = line[at] ?? '';
    if (!quoted && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    word ??= '';
    let slashes = 0;
    while (line[at + slashes] === '\\') slashes += 1;
    if (line[at + slashes] === '"') {
      word += '\\'.repeat(slashes >> 1);
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
      at += slashes + 1;
    } else {
      word += slashes > 0 ? '\\'.repeat(slashes) : char;
      at += Math.max(1, slashes);
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

export function cmdWords(text: string): ShellText {
  const commands = commandLines(text)
    .map((line): ShellCommand => ({ words: runtimeArguments(line) }))
    .filter(({ words }) => words.length > 0);
  const unknown = commands.flatMap(({ words }) => words.flatMap((word) => word.match(/%[A-Z_]{2,}%/g) ?? []));
  return { commands, unknown };
}
