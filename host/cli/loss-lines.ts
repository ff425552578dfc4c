/** How a command tells the loss report it ends with: as text for people beside its output, or as JSON on its output. */
import { type LossReport, lossText } from '#model/loss-report.ts';
import { say, writeLine } from './output.ts';

export interface JsonOption {
  readonly json?: boolean;
}

/** `result` is what the command did, one sentence in `done`. */
export async function tellLosses(
  done: string,
  result: Readonly<Record<string, unknown>> & { readonly losses: LossReport },
  { json }: JsonOption,
): Promise<void> {
  if (json) return writeLine(JSON.stringify(result));
  say(done);
  say(lossText(result.losses));
}
