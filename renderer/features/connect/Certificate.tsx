/** The root certificate: where it is, how to know it again, and how each system is made to trust it. */
import { type ReactNode, useState } from 'react';
import type { AppInfo, ConnectInfo } from '#model/contract/contract.ts';
import { formatDate } from '../../text/format.ts';
import { Select } from '../../ui/Select.tsx';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { Fingerprint } from '../../views/parts/Fingerprint.tsx';
import styles from './Connect.module.css';
import { CERTIFICATE_ID } from './Doctor.tsx';
import { connectText } from './text.ts';

export interface CertificateProps {
  readonly info: AppInfo;
  readonly connect: ConnectInfo;
}

export function Certificate({ info, connect }: CertificateProps) {
  const { trust, certificateUrl } = connect;
  const [system, setSystem] = useState(() => likelySystem(trust, navigator.platform));
  const steps = trust.find((one) => one.system === system)?.steps ?? [];
  const expires = Date.parse(info.caExpires);
  return (
    <section id={CERTIFICATE_ID} tabIndex={-1} className={styles.card}>
      <h2 className={styles.cardTitle}>{connectText.certificate}</h2>
      <p className={styles.text}>{connectText.certificateText}</p>
      <dl className={styles.facts}>
        <Fact name={connectText.file} value={info.caFile} copyLabel={connectText.copyFile} />
        <Fact name={connectText.downloadLabel} value={certificateUrl} copyLabel={connectText.copyDownload} />
        <Fact
          name={connectText.fingerprint}
          value={info.caFingerprint}
          copyLabel={connectText.copyFingerprint}
        >
          <Fingerprint value={info.caFingerprint} />
        </Fact>
        <Fact
          name={connectText.expires}
          value={Number.isNaN(expires) ? info.caExpires : formatDate(expires)}
        />
      </dl>
      {trust.length > 0 ? (
        <>
          <div className={styles.trustHead}>
            <h3 className={styles.subTitle}>{connectText.trust}</h3>
            <Select
              label={connectText.trust}
              value={system}
              options={trust.map((one) => ({ value: one.system, label: one.system }))}
              onChange={setSystem}
            />
          </div>
          <ol className={styles.steps}>
            {steps.map((step) => (
              <li key={step}>
                <Step text={step} />
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}

/** Instructions mark what is to be typed with backticks. */
function Step({ text }: { readonly text: string }) {
  return text.split('`').map((part, i) =>
    i % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text have no identity but their place
      <code key={i} className={styles.command}>
        {part}
      </code>
    ) : (
      part
    ),
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly copyLabel?: string;
  /** Drawn in place of the value. */
  readonly children?: ReactNode;
}

function Fact({ name, value, copyLabel, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={copyLabel === undefined ? undefined : styles.mono}>{children ?? value}</span>
        {copyLabel === undefined ? null : <CopyButton label={copyLabel} text={() => value} />}
      </dd>
    </div>
  );
}

/** The system this window runs on if there are steps for it, else the first. */
function likelySystem(trust: ConnectInfo['trust'], platform: string): string {
  const word = /mac/i.test(platform) ? /mac/i : /win/i.test(platform) ? /windows/i : /linux|debian|ubuntu/i;
  return (trust.find((one) => word.test(one.system)) ?? trust[0])?.system ?? '';
}
