/** Patterns in which `*` stands for any run of characters: hosts of filters, findings of triage. In time by the length of the text. */

/** Whether all of a text fits a pattern in which `*` stands for any run of characters. */
export function wildcardTest(pattern: string): (value: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (value) => value === first;
  return (value) => {
    if (!value.startsWith(first) || value.length < first.length + last.length) return false;
    let at = first.length;
    // The earliest place for each part leaves most room for the next ones.
    for (const part of rest) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return value.endsWith(last) && at <= value.length - last.length;
  };
}
