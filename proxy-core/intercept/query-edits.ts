/**
 * Edits of `name=value` lists: a URL's query, or a form's body (application/x-www-form-urlencoded). Members that are not meant stay octet for octet,
 * whatever their spelling. Pure.
 */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};
const nameOf = (member: string) => decoded(member.split('=', 1)[0] ?? '');
const valueIn = (member: string) => decoded(member.slice(member.indexOf('=') + 1));
const memberOf = (name: string, value: string) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;

const members = (list: string) => (list === '' ? [] : list.split('&'));

/** Every member of that name gets what `edit` makes of its value; undefined takes it away. */
export const editMembers = (
  list: string,
  name: string,
  edit: (value: string) => string | undefined,
): string =>
  members(list)
    .flatMap((member) => {
      if (nameOf(member) !== name) return [member];
      const before = member.includes('=') ? valueIn(member) : '';
      const value = edit(before);
      if (value === undefined) return [];
      return [value === before ? member : memberOf(name, value)];
    })
    .join('&');

export const addMember = (list: string, name: string, value: string): string =>
  [...members(list), memberOf(name, value)].join('&');

/** The first member of that name gets the value, its others go; added at the end when there is none. */
export function setMember(list: string, name: string, value: string): string {
  let found = false;
  const edited = editMembers(list, name, () => {
    if (found) return undefined;
    found = true;
    return value;
  });
  return found ? edited : addMember(edited, name, value);
}

export const memberValue = (list: string, name: string): string | undefined => {
  const member = members(list).find((one) => nameOf(one) === name);
  return member === undefined ? undefined : member.includes('=') ? valueIn(member) : '';
};

/** A request target's path and its query without the question mark; undefined when there is none. */
export function splitPath(path: string): { path: string; query: string | undefined } {
  const at = path.indexOf('?');
  return at < 0 ? { path, query: undefined } : { path: path.slice(0, at), query: path.slice(at + 1) };
}

export const joinPath = (path: string, query: string | undefined): string =>
  query === undefined || query === '' ? path : `${path}?${query}`;

/** The path with another query. */
export function withQuery(target: string, edit: (query: string) => string): string {
  const { path, query } = splitPath(target);
  const after = edit(query ?? '');
  return after === (query ?? '') ? target : joinPath(path, after);
}
