/** `sluice verify`: looks at everything in a capture and lists what is not as it was written; can make a damaged index usable again. */
import type { Command } from 'commander';
import type { Damage, VerifyProgress } from '#store/capture-store.ts';
import { repairIndex } from '#store/repair.ts';
import { openCapture } from '../../open-capture.ts';
import { capturePath, type DataOption, withCapture } from '../capture-argument.ts';
import { exitWith } from '../exit-code.ts';
import { say, sayNotices, writeLine } from '../output.ts';
import { showProgress } from '../progress.ts';
import { sizeText } from '../text.ts';

interface VerifyOptions extends DataOption {
  readonly json?: boolean;
  readonly repair?: boolean;
}

const damageLine = ({ session, what }: Damage) =>
  session === undefined ? what : `session ${session}: ${what}`;

async function verify(capture: string, options: VerifyOptions): Promise<0 | 1> {
  const path = await capturePath(capture, options);
  if (options.repair) for (const line of repairIndex(path)) say(line);
  await using store = await openCapture(path, 'read');
  sayNotices(store);
  const damaged = new Set<number>();
  let faults = store.notices.length;
  let last: VerifyProgress | undefined;
  {
    using bar = showProgress('Verifying');
    for await (const progress of store.verify()) {
      last = progress;
      bar.show(progress.sessions, progress.ofSessions);
      for (const damage of progress.damage) {
        faults += 1;
        if (damage.session !== undefined) damaged.add(damage.session);
        await writeLine(options.json ? JSON.stringify(damage) : damageLine(damage));
      }
    }
  }
  const { sessions = 0, checkedBytes = 0, uncheckedBytes = 0 } = last ?? {};
  const unchecked = uncheckedBytes > 0 ? `, ${sizeText(uncheckedBytes)} without checksums` : '';
  say(`${sessions} sessions, ${sizeText(checkedBytes)} of segments checked${unchecked}`);
  say(
    faults === 0
      ? 'Everything is as it was written.'
      : `${faults} faults; ${damaged.size} sessions are damaged.`,
  );
  return faults === 0 ? 0 : 1;
}

export function addVerify(program: Command): void {
  withCapture(program.command('verify'))
    .description('check a capture whole; exit 1 when anything is not as it was written')
    .option('--json', 'a fault as one JSON object a line')
    .option(
      '--repair',
      'first replace a damaged index by what can be read of it; the old one is kept beside it',
    )
    .action((capture: string, options: VerifyOptions) => exitWith(() => verify(capture, options)));
}
