/** A finding's severity as a word in its colour. */
import type { Severity } from '#model/session.ts';
import { severityTone, severityWords } from '../../text/session-words.ts';
import { Badge } from '../../ui/Badge.tsx';

/** From worst to least. */
export const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return <Badge tone={severityTone(severity)}>{severityWords[severity]}</Badge>;
}
