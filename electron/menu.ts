/**
 * The application menu as data. What the workbench can do, the choice of theme included, is an action of its own, named by its id; files
 * are the shell's; the rest are Electron's roles. The keys shown beside actions are the workbench's own and stay its own: the menu only displays them, because
 * some act in the list alone.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { ThemeSource } from '#model/contract/native-calls.ts';
import type { MenuActionId } from '#model/contract/shell.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly development: boolean;
  readonly theme: ThemeSource;
  /** Runs an action in the workbench. */
  readonly run: (id: MenuActionId) => void;
  /** Choosing files is the shell's: a page may show a file chooser only on a click of its own. */
  readonly openCapture: () => void;
  readonly importHar: () => void;
  readonly exportHar: () => void;
}

type Item = MenuItemConstructorOptions;

const SEPARATOR: Item = { type: 'separator' };
const THEMES: readonly (readonly [ThemeSource, string])[] = [
  ['system', 'Like the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

const menu = (label: string, ...items: readonly Item[]): Item => ({ label, submenu: [...items] });

/** The template for `Menu.buildFromTemplate`. */
export function menuTemplate(options: MenuOptions): Item[] {
  const { platform, development, run } = options;
  const mac = platform === 'darwin';
  const action = (id: MenuActionId, label: string, accelerator: string): Item => ({
    id,
    label,
    click: () => run(id),
    accelerator,
    registerAccelerator: false,
  });

  const app = menu(
    'Sluice',
    { role: 'about' },
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
    { id: 'file.import-har', label: 'Import HAR or SAZ…', click: options.importHar },
    { id: 'file.export-har', label: 'Export all as HAR…', click: options.exportHar },
    ...(mac ? [] : [SEPARATOR, { role: 'quit' } as const]),
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
    action('sessions.find', 'Filter sessions', 'CmdOrCtrl+F'),
    SEPARATOR,
    action('view.settings', 'Settings', 'CmdOrCtrl+,'),
  );
  const themes = THEMES.map(
    ([source, label]): Item => ({
      id: `theme.${source}`,
      label,
      type: 'radio',
      checked: source === options.theme,
      click: () => run(`theme.${source}`),
    }),
  );
  const view = menu(
    '&View',
    action('app.palette', 'Show all commands', 'CmdOrCtrl+K'),
    menu('Theme', ...themes),
    SEPARATOR,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
    ...(development ? [SEPARATOR, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
  );
  const capture = menu(
    '&Capture',
    action('capture.toggle', 'Start or stop capturing', 'F12'),
    action('sessions.clear', 'Clear all sessions…', 'Shift+Delete'),
    SEPARATOR,
    action('sessions.replay', 'Replay the selected sessions', 'R'),
    action('sessions.edit', 'Edit in composer', 'E'),
  );
  const shortcuts = action('app.shortcuts', 'Keyboard shortcuts', 'F1');
  const help = menu('&Help', shortcuts, ...(mac ? [] : [SEPARATOR, { role: 'about' } as const]));
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
