/** The worst finding in a line above what it is about; the others are a click away. */
import type { Finding } from '#model/finding.ts';
import { useInspector } from '../../state/inspector.ts';
import { severityTone, severityWords } from '../../text/session-words.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { SEVERITIES } from '../../views/parts/SeverityBadge.tsx';
import panels from './panels.module.css';
import { inspectorText } from './text.ts';

export function FindingStrip({ findings }: { readonly findings: readonly Finding[] }) {
  const showTab = useInspector((state) => state.showTab);
  const [worst] = findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  if (!worst) return null;
  return (
    <div className={cx(panels.strip, panels[severityTone(worst.severity)])}>
      <b className={panels.severity}>{severityWords[worst.severity]}</b>
      <p className={panels.stripText}>
        <b>{worst.title}</b> {worst.detail}
        {findings.length > 1 ? ` · ${inspectorText.andMore(findings.length - 1)}` : null}
      </p>
      <Button variant="ghost" size="small" onClick={() => showTab('findings')}>
        {inspectorText.details}
      </Button>
    </div>
  );
}
