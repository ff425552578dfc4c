/** The options of commands that give captured data away: what is masked in it. */
import type { Command } from 'commander';
import type { RedactionChoice } from '#model/redaction.ts';
import { gathered } from './numbers.ts';

export interface RedactOption {
  readonly redact: boolean;
  readonly redactPattern?: readonly string[];
  readonly keep?: readonly string[];
}

/** Adds --no-redact, --redact-pattern and --keep. */
export const withRedaction = (command: Command): Command =>
  command
    .option('--no-redact', 'secrets as they were captured')
    .option(
      '--redact-pattern <re>',
      'what matches is a secret too (RE2; its first group, if it has one)',
      gathered,
    )
    .option('--keep <id>', 'a secret that is not masked, by its id in --preview', gathered);

export function redactionChoice({ redact, redactPattern, keep }: RedactOption): RedactionChoice {
  if (!redact) return 'off';
  return {
    ...(redactPattern === undefined ? {} : { patterns: [...redactPattern] }),
    ...(keep === undefined ? {} : { keep: [...keep] }),
  };
}
