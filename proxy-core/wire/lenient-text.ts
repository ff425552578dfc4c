/**
 * Field lines as a strict reader wants them, made of what RFC 9112 lets a recipient put right: line ends of LF alone (§2.2), a CR that ends
 * no line (§2.2), lines folded into the next (§5.2), white space before the first field line (§2.2), and NUL in a value (RFC 9110 §5.5).
 * Byte strings in and out. What it leaves as it is, the strict reader refuses: white space before a request's colon, above all.
 */

/** A head, from its start line to its empty line. */
export function lenientHead(text: string): string {
  const lines = lenientFields(text, false);
  // White space that begins a line has nothing before it to be folded into but the start line.
  return lines.replace(/^([^\r\n]*\r\n)(?:[ \t][^\r\n]*\r\n)+/, '$1').replaceAll(/\r\n[ \t]+/g, ' ');
}

/** Field lines alone, as in a trailer section. */
export function lenientFields(text: string, unfold = true): string {
  const lines = text
    .replaceAll(/\r?\n/g, '\r\n')
    .replaceAll(/\r(?!\n)/g, ' ')
    .replaceAll('\0', ' ');
  return unfold ? lines.replace(/^[ \t][^\r\n]*\r\n/, '').replaceAll(/\r\n[ \t]+/g, ' ') : lines;
}
