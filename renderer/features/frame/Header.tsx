/** The window's top: capturing, where clients connect, the palette. What has no room in a narrow window is in a menu at its end. */
import { Ellipsis, Search } from 'lucide-react';
import { menuEntries } from '../../actions/entries.ts';
import { chosenKeysOf, keysOf } from '../../actions/keys.ts';
import { runAction } from '../../actions/run.ts';
import { ariaShortcut } from '../../actions/shortcut.ts';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { usePreferences } from '../../state/preferences.ts';
import { frameText, paletteText } from '../../text/frame.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import styles from './Header.module.css';

const MORE_ITEMS = [
  'capture.copyProxy',
  'view.connect',
  'import.har',
  'separator',
  'app.shortcuts',
  'view.settings',
];

export function Header() {
  const app = useApp();
  const proxy = useHost((state) => state.info?.proxy);
  const known = useHost((state) => state.status?.capturing);
  const capturing = known ?? true;
  // Drawn anew when other keys are chosen.
  usePreferences(chosenKeysOf);
  const [captureKey] = keysOf(app.actions.get('capture.toggle'));
  const [paletteKey] = keysOf(app.actions.get('app.palette'));
  const run = (id: string) => () => void runAction(app, app.actions.get(id));
  return (
    <header className={styles.header}>
      <div className={styles.logo}>
        <img src="/icon.svg" alt="" width={20} height={20} />
        <span className={styles.name}>{frameText.product}</span>
      </div>
      <Tooltip label={frameText.captureToggle(capturing)} shortcut={captureKey}>
        <Button
          aria-pressed={capturing}
          disabled={known === undefined}
          aria-keyshortcuts={captureKey && ariaShortcut(captureKey)}
          className={styles.capture}
          onClick={run('capture.toggle')}
        >
          <i className={styles.dot} data-on={capturing ? '' : undefined} />
          {capturing ? frameText.capturing : frameText.paused}
          {captureKey === undefined ? null : <Kbd keys={captureKey} />}
        </Button>
      </Tooltip>
      <Tooltip label={frameText.copyProxy}>
        <button
          type="button"
          className={styles.proxy}
          aria-label={proxy ? `${frameText.copyProxy}: ${proxy}` : frameText.copyProxy}
          onClick={run('capture.copyProxy')}
        >
          {proxy ?? '…'}
        </button>
      </Tooltip>
      <Button className={styles.connect} onClick={run('view.connect')}>
        {frameText.connect}
      </Button>
      <span className={styles.grow} />
      <button
        type="button"
        className={styles.palette}
        aria-keyshortcuts={paletteKey && ariaShortcut(paletteKey)}
        onClick={run('app.palette')}
      >
        <Search size={14} aria-hidden="true" />
        <span className={styles.words}>{paletteText.open}</span>
        {paletteKey === undefined ? null : <Kbd keys={paletteKey} />}
      </button>
      <span className={styles.more}>
        <Menu entries={() => menuEntries(app, MORE_ITEMS)}>
          <IconButton label={frameText.more}>
            <Ellipsis size={16} />
          </IconButton>
        </Menu>
      </span>
    </header>
  );
}
