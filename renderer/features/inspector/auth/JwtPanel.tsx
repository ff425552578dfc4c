/** One token: its header and claims in words, whether it was in force, and a field to check its signature in. */
import { useState } from 'react';
import { Badge } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Field, Input } from '../../../ui/Field.tsx';
import { Notice } from '../../../views/parts/Notice.tsx';
import { type Pair, PairTable } from '../../../views/parts/PairTable.tsx';
import { Section } from '../../../views/parts/Section.tsx';
import styles from './AuthTab.module.css';
import { type Jwt, type JwtTime, timeOf } from './jwt.ts';
import { authText } from './text.ts';
import type { Verdict } from './verify-jwt.ts';

/** Claims that are moments, in seconds (RFC 7519 §4.1, OpenID Connect Core §2). */
const MOMENTS = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at']);
const TONES = { valid: 'ok', expired: 'err', early: 'warn', endless: 'warn' } as const satisfies Record<
  JwtTime,
  string
>;

function pairs(values: Readonly<Record<string, unknown>>): Pair[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    ...(MOMENTS.has(name) && typeof value === 'number' ? { detail: authText.at(value) } : {}),
  }));
}

export interface JwtPanelProps {
  readonly jwt: Jwt;
  /** When it was sent, epoch ms. */
  readonly sentAt: number;
}

export function JwtPanel({ jwt, sentAt }: JwtPanelProps) {
  const then = timeOf(jwt, sentAt);
  const expiredSince = then === 'valid' && timeOf(jwt, Date.now()) === 'expired';
  return (
    <div className={styles.token}>
      <div className={styles.badges}>
        <Badge tone={jwt.algorithm === 'none' ? 'err' : 'neutral'}>
          {jwt.algorithm === 'none' ? authText.unsigned : jwt.algorithm}
        </Badge>
        <Badge tone={TONES[then]}>{authText.time[then]}</Badge>
        {expiredSince ? <Badge>{authText.expiredSince}</Badge> : null}
      </div>
      <Section title={authText.claims} count={Object.keys(jwt.claims).length}>
        <PairTable label={authText.claims} pairs={pairs(jwt.claims)} copyLabel={authText.copyClaim} />
      </Section>
      <Section title={authText.header} count={Object.keys(jwt.header).length}>
        <PairTable label={authText.header} pairs={pairs(jwt.header)} copyLabel={authText.copyClaim} />
      </Section>
      {jwt.algorithm === 'none' ? null : <SignatureCheck token={jwt.token} />}
    </div>
  );
}

function SignatureCheck({ token }: { readonly token: string }) {
  const [key, setKey] = useState('');
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const check = async () => {
    const { verifyJwt } = await import('./verify-jwt.ts');
    setVerdict(await verifyJwt(token, key));
  };
  return (
    <form
      className={styles.check}
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <Field label={authText.key} help={authText.keyHelp} className={styles.key ?? ''}>
        <Input
          mono
          value={key}
          onChange={(event) => {
            setKey(event.target.value);
            setVerdict(undefined);
          }}
        />
      </Field>
      <Button type="submit" disabled={key === ''}>
        {authText.check}
      </Button>
      <div role="status" className={styles.verdict}>
        {verdict === undefined ? null : (
          <Notice tone={verdict.ok ? 'info' : 'err'}>
            {verdict.ok ? authText.signatureOk : authText.signatureBad(verdict.why)}
          </Notice>
        )}
      </div>
    </form>
  );
}
