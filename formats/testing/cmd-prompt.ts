/**
 * What cmd.exe's prompt and the Microsoft C runtime make of a line, as they are documented, for tests where there is no Windows: variables
 * are replaced first; then carets outside quotation marks take the meaning from the character after them; operators that are left would
 * start another command, which throws. The runtime then splits at blanks outside quotation marks; backslashes count before a quotation mark.
 */

/** `%NAME%` where there is such a variable; at the prompt anything else with percent signs stays. */
function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const end = text[at] === '%' ? text.indexOf('%', at + 1) : -1;
    const value = end < 0 ? undefined : variables[text.slice(at + 1, end).toUpperCase()];
    if (value === undefined) {
      out += text[at];
      at += 1;
    } else {
      out += value;
      at = end + 1;
    }
  }
  return out;
}

/** The one command line of `text` without carets. @throws when it is more than one command */
function withoutCarets(text: string): string {
  let out = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '"') quoted = !quoted;
    if (char === '\n') throw new Error(`the line ends in the middle: ${text.slice(0, at)}`);
    if (quoted || char === '"') out += char;
    else if (char === '^') {
      at += 1;
      // A line end after a caret is no character; the one after it has no meaning to cmd.
      if (text[at] === '\n') at += 1;
      out += text[at] ?? '';
    } else if ('&|<>()'.includes(char)) throw new Error(`"${char}" at ${at} would be an operator`);
    else out += char;
  }
  return out;
}

/** CommandLineToArgvW's and the C runtime's rules. */
function argumentsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; ) {
    const char = line[at] ?? '';
    if (!quoted && (char === ' ' || char === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
      continue;
    }
    word ??= '';
    let slashes = 0;
    while (line[at + slashes] === '\\') slashes += 1;
    if (line[at + slashes] === '"') {
      word += '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
      at += slashes + 1;
    } else if (slashes > 0) {
      word += '\\'.repeat(slashes);
      at += slashes;
    } else {
      word += char;
      at += 1;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Program and arguments that come of typing `text`. */
export const atPrompt = (text: string, variables: Readonly<Record<string, string>>): string[] =>
  argumentsOf(withoutCarets(withVariables(text, variables)));
