/** What can be chosen in the window, and where this run keeps and listens to what. What is decided at the start is shown, not changed. */
import { FolderOpen } from 'lucide-react';
import { toSluiceError } from '#model/errors.ts';
import { chosenKeysOf, keysOf } from '../../actions/keys.ts';
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { maskCopies, masksCopies } from '../../state/exporting.ts';
import { useHost } from '../../state/host.ts';
import { DENSITIES, densityOf, THEMES, themeOf, usePreferences } from '../../state/preferences.ts';
import { formatDate } from '../../text/format.ts';
import { frameActionText } from '../../text/frame.ts';
import { redactionText } from '../../text/redaction.ts';
import { settingsText } from '../../text/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { toast } from '../../ui/toast.ts';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { Group, Row } from './Group.tsx';
import { ProxySettings } from './ProxySettings.tsx';
import { Retention } from './Retention.tsx';
import styles from './Settings.module.css';

export function Settings() {
  return (
    <section className={styles.root} aria-labelledby="settings-title">
      <div className={styles.page}>
        <h1 id="settings-title" className={styles.title}>
          {settingsText.title}
        </h1>
        <Appearance />
        <Retention />
        <ProxySettings />
        <Run />
      </div>
    </section>
  );
}

function Appearance() {
  const app = useApp();
  const theme = usePreferences(themeOf);
  const density = usePreferences(densityOf);
  const masked = usePreferences(masksCopies);
  const run = (id: string) => void runAction(app, app.actions.get(id));
  return (
    <>
      <Group title={settingsText.appearance}>
        <Row label={settingsText.theme} help={settingsText.themeHelp}>
          <Segmented
            label={settingsText.theme}
            value={theme}
            options={THEMES.map((value) => ({ value, label: settingsText.themes[value] }))}
            onChange={(value) => run(`theme.${value}`)}
          />
        </Row>
        <Row label={settingsText.density} help={settingsText.densityHelp}>
          <Segmented
            label={settingsText.density}
            value={density}
            options={DENSITIES.map((value) => ({ value, label: settingsText.densities[value] }))}
            onChange={(value) => run(`density.${value}`)}
          />
        </Row>
      </Group>
      <Group title={redactionText.settings}>
        <Row label={redactionText.copies} help={redactionText.copiesHelp}>
          <Segmented
            label={redactionText.copies}
            value={masked ? 'mask' : 'off'}
            options={[
              { value: 'mask', label: redactionText.mask },
              { value: 'off', label: redactionText.asCaptured },
            ]}
            onChange={(value) => maskCopies(value === 'mask')}
          />
        </Row>
      </Group>
      <Group title={settingsText.keys}>
        <Row label={settingsText.commands} help={settingsText.keysHelp}>
          <Button size="small" onClick={() => run('app.palette')}>
            {frameActionText.palette}
            <KeyOf id="app.palette" />
          </Button>
          <Button size="small" onClick={() => run('app.shortcuts')}>
            {frameActionText.shortcuts}
            <KeyOf id="app.shortcuts" />
          </Button>
        </Row>
      </Group>
    </>
  );
}

/** The key of an action, where it has one. */
function KeyOf({ id }: { readonly id: string }) {
  const { actions } = useApp();
  usePreferences(chosenKeysOf);
  const [keys] = keysOf(actions.get(id));
  return keys === undefined ? null : <Kbd keys={keys} />;
}

function Run() {
  const app = useApp();
  const info = useHost((state) => state.info);
  if (!info) return <Spinner label={settingsText.run} />;
  return (
    <>
      <Group title={settingsText.run}>
        <Fact label={settingsText.proxy} help={settingsText.proxyHelp} value={info.proxy} />
        <Fact label={settingsText.capture} help={settingsText.captureHelp} value={info.capture} path />
        <Fact label={settingsText.data} help={settingsText.dataHelp} value={info.dataFolder} path />
        <Row label={settingsText.version}>
          <span className={styles.plain}>{settingsText.versionOf(info.version, info.engine)}</span>
        </Row>
      </Group>
      <Group title={settingsText.certificate}>
        <Fact label={settingsText.file} value={info.caFile} path />
        <Fact label={settingsText.fingerprint} value={info.caFingerprint} />
        <Row label={settingsText.expires}>
          <span className={styles.plain}>{formatDate(Date.parse(info.caExpires))}</span>
          <Button size="small" onClick={() => void runAction(app, app.actions.get('view.connect'))}>
            {settingsText.trust}
          </Button>
        </Row>
      </Group>
    </>
  );
}

interface FactProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  /** A place on disk, which the shell can show. */
  readonly path?: boolean;
}

function Fact({ label, help, value, path = false }: FactProps) {
  const { platform } = useApp();
  const reveal = () => {
    platform
      .revealFile(value)
      .catch((cause: unknown) => toast(toSluiceError(cause).message, { tone: 'err' }));
  };
  return (
    <Row label={label} help={help}>
      <code className={styles.value}>{value}</code>
      <CopyButton label={settingsText.copy(label)} text={() => value} />
      {path && platform.capabilities.files ? (
        <IconButton label={settingsText.reveal(label)} size="small" onClick={reveal}>
          <FolderOpen size={14} />
        </IconButton>
      ) : null}
    </Row>
  );
}
