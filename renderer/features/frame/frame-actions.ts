/** The actions of the window itself: capturing, going to views, the palette and its like, how things look. */
import {
  CircleDot,
  Command,
  Copy,
  FileInput,
  GitCompareArrows,
  Globe,
  Keyboard,
  ListTree,
  type LucideIcon,
  Monitor,
  Moon,
  PanelRight,
  PencilLine,
  Plus,
  Rows2,
  Rows3,
  Rows4,
  Settings,
  ShieldAlert,
  Shuffle,
  Sun,
  TextSearch,
} from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import type { App } from '../../app.ts';
import { useComposer } from '../../state/composer.ts';
import { useHost } from '../../state/host.ts';
import {
  DENSITIES,
  type Density,
  densityOf,
  THEMES,
  type Theme,
  themeOf,
  usePreferences,
} from '../../state/preferences.ts';
import { useSessions } from '../../state/sessions.ts';
import { useView, VIEWS, type ViewId } from '../../state/view.ts';
import { frameActionText, frameText } from '../../text/frame.ts';
import { sessionActionText } from '../../text/sessions.ts';
import { focusSoon } from '../../ui/focus.ts';
import { toast } from '../../ui/toast.ts';

export const VIEW_ICONS: Readonly<Record<ViewId, LucideIcon>> = {
  sessions: ListTree,
  search: TextSearch,
  compare: GitCompareArrows,
  composer: PencilLine,
  rules: Shuffle,
  findings: ShieldAlert,
  connect: Globe,
  settings: Settings,
};
export const INSPECTOR_ID = 'session-inspector';
export const SEARCH_INPUT_ID = 'search-everywhere';

const THEME_ICONS: Readonly<Record<Theme, LucideIcon>> = { system: Monitor, dark: Moon, light: Sun };
const DENSITY_ICONS: Readonly<Record<Density, LucideIcon>> = {
  compact: Rows4,
  normal: Rows3,
  relaxed: Rows2,
};
const VIEW_KEYWORDS: Readonly<Record<ViewId, readonly string[]>> = {
  sessions: ['traffic', 'requests', 'list'],
  search: ['search', 'body', 'text', 'grep', 'full text'],
  compare: ['diff', 'difference', 'versus'],
  composer: ['send', 'compose'],
  rules: ['autoresponder', 'mock', 'map', 'breakpoints', 'rewrite'],
  findings: ['security', 'issues', 'checks'],
  connect: ['proxy', 'certificate', 'browser', 'phone', 'trust'],
  settings: ['preferences', 'options'],
};

const VIEW_SHORTCUTS: Readonly<Partial<Record<ViewId, readonly string[]>>> = {
  search: ['Ctrl+Shift+F'],
  settings: ['Ctrl+,'],
};

const capturing = () => useHost.getState().status?.capturing ?? true;

async function copyProxy({ platform }: App): Promise<void> {
  const { info } = useHost.getState();
  if (!info) return;
  await platform.copyText(info.proxy);
  toast(frameText.proxyCopied, { tone: 'ok', timeout: 2500 });
}

function inspect(): void {
  useView.getState().show('sessions');
  const { inspectorOpen, toggleInspector } = useSessions.getState();
  if (!inspectorOpen) toggleInspector();
  focusSoon(`#${INSPECTOR_ID} [role=tab][aria-selected=true]`);
}

const hasCurrent = () => useSessions.getState().current !== undefined;

export const FRAME_ACTIONS: readonly Action[] = [
  {
    id: 'capture.toggle',
    label: () => (capturing() ? frameActionText.stopCapturing : frameActionText.startCapturing),
    group: 'capture',
    // A browser may keep F12 for itself.
    shortcuts: ['F12', 'Ctrl+Shift+E'],
    icon: CircleDot,
    keywords: ['start', 'stop', 'pause', 'resume', 'record'],
    enabled: () => useHost.getState().status !== undefined,
    run: async ({ rpc }) => {
      await rpc.call('app.setCapturing', { capturing: !capturing() });
    },
  },
  {
    id: 'capture.copyProxy',
    label: frameText.copyProxy,
    group: 'capture',
    icon: Copy,
    keywords: ['port', 'address', 'host'],
    enabled: () => useHost.getState().info !== undefined,
    run: copyProxy,
  },
  {
    id: 'sessions.inspect',
    label: sessionActionText.inspect,
    group: 'view',
    shortcuts: ['Enter'],
    icon: PanelRight,
    keywords: ['details'],
    enabled: hasCurrent,
    run: inspect,
  },
  {
    id: 'view.inspector',
    label: () =>
      useSessions.getState().inspectorOpen
        ? sessionActionText.hideInspector
        : sessionActionText.showInspector,
    group: 'view',
    shortcuts: ['I'],
    icon: PanelRight,
    keywords: ['details', 'layout', 'pane'],
    run: () => useSessions.getState().toggleInspector(),
  },
  ...VIEWS.map(
    (view): Action => ({
      id: `view.${view}`,
      label: view === 'search' ? frameText.view.search : frameActionText.show(frameText.view[view]),
      group: 'view',
      icon: VIEW_ICONS[view],
      keywords: VIEW_KEYWORDS[view],
      ...(VIEW_SHORTCUTS[view] ? { shortcuts: VIEW_SHORTCUTS[view] } : {}),
      run: () => {
        useView.getState().show(view);
        if (view === 'search') focusSoon(`#${SEARCH_INPUT_ID}`);
      },
    }),
  ),
  {
    id: 'composer.new',
    label: frameActionText.newRequest,
    group: 'view',
    icon: Plus,
    keywords: ['send', 'compose', 'blank'],
    run: () => {
      useComposer.getState().openBlank();
      useView.getState().show('composer');
    },
  },
  {
    id: 'composer.import',
    label: frameActionText.importRequests,
    group: 'files',
    icon: FileInput,
    keywords: ['curl', 'postman', 'openapi', 'swagger', 'http', 'paste', 'collection'],
    run: () => {
      useComposer.getState().setImporting(true);
      useView.getState().show('composer');
    },
  },
  {
    id: 'app.palette',
    label: frameActionText.palette,
    group: 'view',
    shortcuts: ['Ctrl+K', 'Ctrl+Shift+P'],
    icon: Command,
    // It is what one is looking at when one reads its list.
    hidden: true,
    run: () => {
      const { panel, openPanel, closePanel } = useView.getState();
      if (panel === 'palette') closePanel();
      else openPanel('palette');
    },
  },
  {
    id: 'app.shortcuts',
    label: frameActionText.shortcuts,
    group: 'view',
    shortcuts: ['?', 'F1'],
    icon: Keyboard,
    keywords: ['help', 'keys'],
    run: () => useView.getState().openPanel('shortcuts'),
  },
  ...THEMES.map(
    (theme): Action => ({
      id: `theme.${theme}`,
      label: frameActionText.theme[theme],
      group: 'settings',
      icon: THEME_ICONS[theme],
      keywords: ['colour', 'color', 'mode', 'appearance'],
      checked: () => themeOf(usePreferences.getState()) === theme,
      run: () => usePreferences.getState().set('theme', theme),
    }),
  ),
  ...DENSITIES.map(
    (density): Action => ({
      id: `density.${density}`,
      label: frameActionText.density[density],
      group: 'settings',
      icon: DENSITY_ICONS[density],
      keywords: ['density', 'height', 'size'],
      checked: () => densityOf(usePreferences.getState()) === density,
      run: () => usePreferences.getState().set('density', density),
    }),
  ),
];
