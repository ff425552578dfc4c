/** Edits of one cookie in a request's Cookie fields or a response's Set-Cookie fields (RFC 6265). Pure. */
import type { HeaderPair } from '#model/headers.ts';

const isCookie = ([name]: HeaderPair) => name.length === 6 && name.toLowerCase() === 'cookie';
const isSetCookie = ([name]: HeaderPair) => name.length === 10 && name.toLowerCase() === 'set-cookie';
const nameOf = (crumb: string) => crumb.slice(0, Math.max(0, crumb.indexOf('='))).trim();
const valueIn = (crumb: string) => crumb.slice(crumb.indexOf('=') + 1).trim();

/** `edit` gives the new value of the cookie, undefined to take it away. Fields that become empty go. */
function editRequest(
  headers: readonly HeaderPair[],
  name: string,
  edit: (value: string) => string | undefined,
): HeaderPair[] {
  return headers.flatMap((pair): HeaderPair[] => {
    if (!isCookie(pair)) return [pair];
    const crumbs = pair[1].split(';').map((crumb) => crumb.trim());
    if (!crumbs.some((crumb) => nameOf(crumb) === name)) return [pair];
    const kept = crumbs.flatMap((crumb) => {
      if (nameOf(crumb) !== name) return crumb === '' ? [] : [crumb];
      const value = edit(valueIn(crumb));
      return value === undefined ? [] : [`${name}=${value}`];
    });
    return kept.length === 0 ? [] : [[pair[0], kept.join('; ')]];
  });
}

function editResponse(
  headers: readonly HeaderPair[],
  name: string,
  edit: (value: string) => string | undefined,
): HeaderPair[] {
  return headers.flatMap((pair): HeaderPair[] => {
    if (!isSetCookie(pair)) return [pair];
    const [crumb = '', ...attributes] = pair[1].split(';');
    if (nameOf(crumb) !== name) return [pair];
    const value = edit(valueIn(crumb));
    return value === undefined ? [] : [[pair[0], [`${name}=${value}`, ...attributes].join(';')]];
  });
}

export function editCookie(
  side: 'request' | 'response',
  headers: readonly HeaderPair[],
  name: string,
  edit: (value: string) => string | undefined,
): HeaderPair[] {
  return side === 'request' ? editRequest(headers, name, edit) : editResponse(headers, name, edit);
}

/** Changes the cookie, or adds it: to the Cookie field there is, or as a Set-Cookie field of its own. A value with attributes replaces those. */
export function setCookie(
  side: 'request' | 'response',
  headers: readonly HeaderPair[],
  name: string,
  value: string,
): HeaderPair[] {
  if (side === 'response') {
    const whole = value.includes(';');
    let found = false;
    const edited = headers.map((pair): HeaderPair => {
      if (!isSetCookie(pair) || nameOf(pair[1].split(';')[0] ?? '') !== name) return pair;
      found = true;
      const attributes = whole ? '' : pair[1].slice(pair[1].split(';')[0]?.length ?? 0);
      return [pair[0], `${name}=${value}${attributes}`];
    });
    return found ? edited : [...edited, ['Set-Cookie', `${name}=${value}`]];
  }
  let found = false;
  const edited = editRequest(headers, name, () => {
    found = true;
    return value;
  });
  if (found) return edited;
  const at = edited.findIndex(isCookie);
  if (at < 0) return [...edited, ['Cookie', `${name}=${value}`]];
  return edited.map((pair, index) => (index === at ? [pair[0], `${pair[1]}; ${name}=${value}`] : pair));
}
