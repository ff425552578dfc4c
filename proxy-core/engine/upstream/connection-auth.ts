/** NTLM and Negotiate authenticate the connection they are spoken on (RFC 4559 §6, MS-NTHT §1.3): it must then stay with its client. */

const SCHEME = /^[ \t]*(?:ntlm|negotiate)(?=[ \t]|$)/i;

/** The elements of a list, cut at commas outside of quoted strings (RFC 9110 §5.6.1, §5.6.4). Linear, whatever the value. */
function elements(value: string): string[] {
  const found: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at];
    if (char === '"') quoted = !quoted;
    else if (quoted && char === '\\') at += 1;
    else if (char === ',' && !quoted) {
      found.push(value.slice(start, at));
      start = at + 1;
    }
  }
  found.push(value.slice(start));
  return found;
}

/** Whether the value of an Authorization or WWW-Authenticate field, or of their Proxy- kin, names such a scheme. */
export function authenticatesConnection(value: string): boolean {
  return (
    SCHEME.test(value) || (value.includes(',') && elements(value).some((element) => SCHEME.test(element)))
  );
}
