/** What a format writes of sessions, as the program would have it written: the file's text, and the report of what it lost. */
import type { LossReport } from '#model/loss-report.ts';
import type { FullSession } from '#model/session.ts';
import type { Format } from '../format.ts';
import { Losses } from '../losses.ts';

export async function exportText(
  format: Format,
  all: readonly FullSession[],
): Promise<{ text: string; report: LossReport }> {
  const losses = new Losses();
  async function* sessions(): AsyncGenerator<FullSession> {
    for (const full of all) {
      yield full;
      losses.settle(full.session.row.id);
    }
  }
  if (format.exporter === undefined) throw new Error(`${format.id} is not written`);
  const pieces: (string | Uint8Array)[] = [];
  for await (const piece of format.exporter.write(sessions(), { losses, creatorVersion: '1.2' }))
    pieces.push(piece);
  return {
    text: pieces.map((piece) => (typeof piece === 'string' ? piece : Buffer.from(piece).toString())).join(''),
    report: losses.report(),
  };
}
