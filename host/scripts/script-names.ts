/** What scripts are called: the names of files in the workbench's folder, and short names for all of them that tell them apart. Pure. */
import { basename, dirname } from 'node:path';

/** A file of the folder itself, as every system can name it. */
export const isScriptFile = (name: string): boolean =>
  /^[\w][\w .-]{0,99}\.(ts|js|mjs)$/.test(name) && !name.endsWith('.d.ts');

/** The file's name, with as much of its path before it as tells it from others of that name. */
export function shortNames(files: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of files) {
    let name = basename(file);
    let rest = dirname(file);
    const others = files.filter((other) => other !== file);
    const isTaken = () =>
      others.some((other) => other === name || other.endsWith(`/${name}`) || other.endsWith(`\\${name}`));
    while (isTaken() && basename(rest) !== '') {
      name = `${basename(rest)}/${name}`;
      rest = dirname(rest);
    }
    names.set(file, name);
  }
  return names;
}
