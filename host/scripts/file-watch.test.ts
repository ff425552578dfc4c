import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { until } from '#proxy-core/testing/until.ts';
import { temporaryFolder } from '../testing/captures.ts';
import { watchFolders } from './file-watch.ts';

it('tells each save once it is over, also of editors that replace files', async () => {
  using folder = temporaryFolder();
  const seen: string[] = [];
  using watch = watchFolders((file) => seen.push(file));
  watch.add(folder.path);
  watch.add(folder.path);
  watch.add(join(folder.path, 'not-there'));
  const file = join(folder.path, 'a.ts');
  for (let i = 0; i < 5; i += 1) writeFileSync(file, String(i));
  await until(
    () => seen.includes(file),
    () => seen.join(),
  );
  expect(seen.filter((one) => one === file)).toHaveLength(1);
  writeFileSync(join(folder.path, 'b.tmp'), 'x');
  renameSync(join(folder.path, 'b.tmp'), join(folder.path, 'b.ts'));
  await until(
    () => seen.includes(join(folder.path, 'b.ts')),
    () => seen.join(),
  );
  mkdirSync(join(folder.path, 'more'));
});
