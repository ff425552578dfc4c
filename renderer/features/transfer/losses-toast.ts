/** How the end of a transfer tells what was lost: nothing, or one sentence with the details to open. */
import type { LossReport } from '#model/loss-report.ts';
import { useFiles } from '../../state/files.ts';
import { fileText } from '../../text/files.ts';

export interface LossNote {
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void };
}

export function lossNote(losses: LossReport | undefined): LossNote | undefined {
  if (losses === undefined || losses.counts.length === 0) return undefined;
  return {
    text: losses.lossy === 0 ? fileText.lossyFile : fileText.lossy(losses.lossy),
    action: { label: fileText.lossDetails, run: () => useFiles.getState().showLosses(losses) },
  };
}
