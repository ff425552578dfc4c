/** Captured text for a terminal or a report: nothing in it moves a cursor, changes colours or reorders a line. Pure. */

/**
 * Escapes control characters (C0 but tab and line feed, DEL, C1) and the marks that reorder a line; captured text may hold terminal
 * commands.
 */
export const safeText = (text: string): string =>
  text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (c) =>
    c === '\t' || c === '\n' ? c : `\\u{${c.codePointAt(0)?.toString(16)}}`,
  );

/** The same for one line. */
export const safeLine = (text: string): string => safeText(text).replace(/[\t\n]/g, ' ');
