/** A start of its own for the race tests: says it is ready, opens the authority when told to, prints what it got, ends. */
import { once } from 'node:events';
import { openAuthority } from '../open-authority.ts';

const [directory = '', now = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.pause();
const authority = await openAuthority({ directory, now: () => new Date(now), machineName: 'race' });
process.stdout.write(
  JSON.stringify({ fingerprint: authority.fingerprint, notices: authority.notices.length }),
);
