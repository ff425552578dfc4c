/** How this run listens and sends on. It is decided at the start: each line says what it is now, and with which option it is another. */
import type { EngineSettingsInfo } from '#model/contract/engine-settings.ts';
import { useHost } from '../../state/host.ts';
import { proxySettingsText as words } from '../../text/proxy-settings.ts';
import { Badge } from '../../ui/Badge.tsx';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { Group, Row } from './Group.tsx';
import styles from './Settings.module.css';

interface Line {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly option: string;
  /** Something to be careful with. */
  readonly warn?: string | undefined;
}

const listed = (values: readonly string[], none: string) => (values.length === 0 ? none : values.join(', '));

export function proxyLines(settings: EngineSettingsInfo): Line[] {
  const { lan, asksPassword, passRefused } = settings;
  return [
    {
      ...words.lan,
      value: lan ? words.lanOn(settings.listensOn) : words.lanOff,
      option: lan ? '--proxy-auth USER:PASSWORD' : '--host 0.0.0.0',
      warn: lan && !asksPassword ? words.open : undefined,
    },
    {
      ...words.upstream,
      value: listed(settings.upstreamProxies, words.direct),
      option: '--upstream-proxy URL',
    },
    ...(settings.upstreamProxies.length === 0
      ? []
      : [{ ...words.bypass, value: listed(settings.bypass, words.none), option: '--bypass HOSTS' }]),
    {
      ...words.passthrough,
      value: [listed(settings.passthrough, words.none), ...(passRefused ? [words.passRefused] : [])].join(
        '; ',
      ),
      option: '--passthrough HOSTS',
    },
    { ...words.minTls, value: settings.minTls.replace('v', ' '), option: '--min-tls TLSv1.3' },
    { ...words.http2, value: words.http2Modes[settings.http2] ?? settings.http2, option: '--http2 off' },
    {
      ...words.altSvc,
      value: settings.stripAltSvc ? words.stripped : words.kept,
      option: '--strip-alt-svc',
    },
    {
      ...words.upstreamCa,
      value: listed(settings.upstreamCaFiles, words.systemOnly),
      option: '--upstream-ca FILE',
    },
    {
      ...words.clientCertificates,
      value: listed(settings.clientCertificates, words.none),
      option: '--client-cert HOST=FILE',
    },
    { ...words.lenient, value: listed(settings.lenient, words.none), option: '--lenient HOSTS' },
  ];
}

export function ProxySettings() {
  const settings = useHost((state) => state.info?.settings);
  if (!settings) return null;
  return (
    <Group title={words.title}>
      <p className={styles.note}>{words.note}</p>
      {proxyLines(settings).map(({ label, help, value, option, warn }) => (
        <Row key={label} label={label} help={help}>
          {warn === undefined ? null : <Badge tone="warn">{warn}</Badge>}
          <span className={styles.value}>{value}</span>
          <span className={styles.option}>
            <code>{option}</code>
            <CopyButton label={words.copy(option)} text={() => option} />
          </span>
        </Row>
      ))}
    </Group>
  );
}
