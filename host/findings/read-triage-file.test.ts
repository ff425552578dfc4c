import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/captures.ts';
import { readTriageFile } from './read-triage-file.ts';

it('gives the entries of the file', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'sluice.findings.toml');
  writeFileSync(file, '[[finding]]\ncheck = "csp-*"\nstatus = "accepted"\n');
  expect(await readTriageFile(file)).toEqual({
    ok: true,
    entries: [{ check: 'csp-*', status: 'accepted' }],
    accounts: {},
  });
});

it('tells every faulty line, and what is not there', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'sluice.findings.toml');
  writeFileSync(file, '[[finding]]\ncheck = "a"\nstatus = "no"\n\n[[finding]]\nstatus = "fixed"\n');
  const message = expect.stringMatching(/toml:3: status: .*toml:5: An entry names/);
  await expect(readTriageFile(file)).rejects.toMatchObject({ code: 'bad-findings', message });
  await expect(readTriageFile(join(folder.path, 'none'))).rejects.toMatchObject({ code: 'file-unreadable' });
});
