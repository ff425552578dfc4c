/** A finding's severity as a word in its colour. */
import type { Severity } from '#model/session.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';

const WORDS: Readonly<Record<Severity, string>> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
};
const TONES: Readonly<Record<Severity, Tone>> = { info: 'info', low: 'neutral', medium: 'warn', high: 'err' };

/** From worst to least. */
export const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export const severityWord = (severity: Severity): string => WORDS[severity];

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return <Badge tone={TONES[severity]}>{WORDS[severity]}</Badge>;
}
