/** The capture doctor: what is the matter with this run's traffic, and what can be done about it. */
import { CircleAlert, Info, Stethoscope } from 'lucide-react';
import type { Diagnosis, Fix } from '#model/contract/doctor.ts';
import { toSluiceError } from '#model/errors.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { Button } from '../../ui/Button.tsx';
import { toast } from '../../ui/toast.ts';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { openSession } from '../inspector/open-session.ts';
import styles from './Doctor.module.css';
import { doctorText } from './text.ts';

export const CERTIFICATE_ID = 'connect-certificate';
export const RECIPES_ID = 'connect-recipes';

function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}

export interface DoctorProps {
  /** Opens a browser that trusts the certificate; absent where there is none. */
  readonly onOpenBrowser: (() => void) | undefined;
}

export function Doctor({ onOpenBrowser }: DoctorProps) {
  const { data } = useStream('connect.doctor', {});
  const diagnoses = data?.diagnoses ?? [];
  return (
    <section className={styles.doctor} aria-labelledby="doctor-title">
      <h2 id="doctor-title" className={styles.title}>
        <Stethoscope size={15} aria-hidden="true" />
        {doctorText.title}
      </h2>
      <div aria-live="polite">
        {diagnoses.length === 0 ? (
          <p className={styles.well}>{data ? doctorText.well : doctorText.looking}</p>
        ) : (
          <ul className={styles.list}>
            {diagnoses.map((one) => (
              <Card key={one.id} diagnosis={one} onOpenBrowser={onOpenBrowser} />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Card({ diagnosis, onOpenBrowser }: DoctorProps & { readonly diagnosis: Diagnosis }) {
  const { severity, title, text, hosts, fixes } = diagnosis;
  const Icon = severity === 'problem' ? CircleAlert : Info;
  const shown = fixes.filter(({ kind }) => kind !== 'open-browser' || onOpenBrowser !== undefined);
  return (
    <li className={styles.card} data-severity={severity}>
      <Icon size={16} className={styles.icon} aria-hidden="true" />
      <div className={styles.content}>
        <h3 className={styles.name}>
          <span className="visually-hidden">{doctorText.severities[severity]}: </span>
          {title}
        </h3>
        <p className={styles.text}>{text}</p>
        {hosts.length > 0 ? (
          <ul className={styles.hosts} aria-label={doctorText.hosts}>
            {hosts.map((host) => (
              <li key={host}>
                <code>{host}</code>
              </li>
            ))}
          </ul>
        ) : null}
        <div className={styles.fixes}>
          {shown.map((fix) => (
            <FixButton
              key={`${fix.kind} ${'text' in fix ? fix.text : ''}`}
              fix={fix}
              onOpenBrowser={onOpenBrowser}
            />
          ))}
        </div>
      </div>
    </li>
  );
}

function FixButton({ fix, onOpenBrowser }: DoctorProps & { readonly fix: Fix }) {
  const app = useApp();
  if (fix.kind === 'command')
    return (
      <span className={styles.command}>
        {doctorText.startWith} <code>{fix.text}</code>
        <CopyButton label={doctorText.copyOption(fix.text)} text={() => fix.text} />
      </span>
    );
  const run = () => {
    if (fix.kind === 'trust') goTo(CERTIFICATE_ID);
    else if (fix.kind === 'recipes') goTo(RECIPES_ID);
    else if (fix.kind === 'open-browser') onOpenBrowser?.();
    else if (fix.kind === 'strip-alt-svc') void runAction(app, app.actions.get('connect.stripAltSvc'));
    else
      openSession(app.rpc, fix.id).catch((cause: unknown) =>
        toast(toSluiceError(cause).message, { tone: 'err' }),
      );
  };
  return (
    <Button size="small" onClick={run}>
      {doctorText.fixes[fix.kind]}
    </Button>
  );
}
