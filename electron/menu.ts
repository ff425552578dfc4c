/**
 * The application menu as data. What acts on sessions is an action of the workbench, named by its id; the rest are Electron's roles. The
 * keys shown beside actions are the workbench's own and stay its own: the menu only displays them, because some act in the grid alone.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuActionId } from '#model/contract/shell.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly development: boolean;
  /** Runs an action in the workbench. */
  readonly run: (id: MenuActionId) => void;
  /** Choosing files is the shell's: a page may show a file chooser only on a click of its own. */
  readonly openCapture: () => void;
  readonly importHar: () => void;
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' };

/** The template for `Menu.buildFromTemplate`. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { platform, development, run } = options;
  const mac = platform === 'darwin';

  const action = (id: MenuActionId, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => run(id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const menu = (
    label: string,
    ...items: readonly MenuItemConstructorOptions[]
  ): MenuItemConstructorOptions => ({ label, submenu: [...items] });

  const settings = action('app.settings', 'Settings…', 'CmdOrCtrl+,');
  const app = menu(
    'Sluice',
    { role: 'about' },
    SEPARATOR,
    settings,
    SEPARATOR,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    SEPARATOR,
    { role: 'quit' },
  );
  const file = menu(
    '&File',
    { id: 'capture.open', label: 'Open capture…', accelerator: 'CmdOrCtrl+O', click: options.openCapture },
    SEPARATOR,
    { id: 'file.import-har', label: 'Import HAR…', click: options.importHar },
    action('file.export-har', 'Export HAR…'),
    ...(mac ? [] : [SEPARATOR, settings, SEPARATOR, { role: 'quit' } as const]),
  );
  const edit = menu(
    '&Edit',
    { role: 'undo' },
    { role: 'redo' },
    SEPARATOR,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    SEPARATOR,
    action('sessions.find', 'Find…', 'CmdOrCtrl+F'),
  );
  const developer: MenuItemConstructorOptions[] = development
    ? [SEPARATOR, { role: 'reload' }, { role: 'toggleDevTools' }]
    : [];
  const view = menu(
    '&View',
    action('view.sessions', 'Sessions'),
    action('view.composer', 'Composer'),
    action('view.findings', 'Findings'),
    action('app.palette', 'Command palette…', 'CmdOrCtrl+K'),
    SEPARATOR,
    menu(
      'Theme',
      action('theme.system', 'Like the system'),
      action('theme.light', 'Light'),
      action('theme.dark', 'Dark'),
    ),
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...developer,
  );
  const capture = menu(
    '&Capture',
    action('capture.toggle', 'Start or stop capturing', 'F12'),
    action('capture.clear', 'Clear all sessions…', 'Shift+Delete'),
    SEPARATOR,
    action('sessions.replay', 'Replay the selected sessions'),
    SEPARATOR,
    action('connect.show', 'Connect a client…'),
  );
  const help = menu('&Help', action('app.about', 'About Sluice'));
  return [
    ...(mac ? [app] : []),
    file,
    edit,
    view,
    capture,
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    help,
  ];
}
