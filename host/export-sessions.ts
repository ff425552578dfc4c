/** Sessions as a file of any format, piece by piece. Which sessions, and what is masked in them, is settled before they come here. */
import type { ExportFormat } from '#formats/all-formats.ts';
import { gzipped } from '#formats/gzip.ts';
import { Losses } from '#formats/losses.ts';
import { SluiceError } from '#model/errors.ts';
import type { LossReport } from '#model/loss-report.ts';
import type { FullSession } from '#model/session.ts';
import { VERSION } from './version.ts';

export interface ExportFileOptions {
  readonly password?: string;
  /** Compresses the file. */
  readonly gzip?: boolean;
}

export interface ExportFile {
  readonly pieces: AsyncIterable<Uint8Array | string>;
  /** What was lost so far. */
  losses(): LossReport;
}

/** @throws SluiceError `usage` for a password that the format has no use for. */
export function exportFile(
  sessions: AsyncIterable<FullSession>,
  { title, exporter }: ExportFormat,
  { password, gzip = false }: ExportFileOptions = {},
): ExportFile {
  if (password !== undefined && exporter.takesPassword !== true) {
    throw new SluiceError('usage', `${title} cannot be protected by a password: use SAZ.`);
  }
  const losses = new Losses();
  async function* settled(): AsyncGenerator<FullSession> {
    for await (const full of sessions) {
      yield full;
      // The next one is asked for: this one is written.
      losses.settle(full.session.row.id);
    }
  }
  const options = { losses, creatorVersion: VERSION, ...(password === undefined ? {} : { password }) };
  const pieces = exporter.write(settled(), options);
  return { pieces: gzip ? gzipped(pieces) : pieces, losses: () => losses.report() };
}
