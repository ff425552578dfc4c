/** The workbench's entry: the token, the connection, the stores' lasting parts, then React. */
import './rpc/jitless.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/tokens.css';
import './ui/contrast.css';
import './ui/base.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { listenToKeys } from './actions/keyboard.ts';
import { createRegistry } from './actions/registry.ts';
import { type App, AppProvider } from './app.ts';
import { ALL_ACTIONS } from './features/all-actions.ts';
import { applyAppearance } from './features/frame/appearance.ts';
import { Frame, preloadPanels } from './features/frame/Frame.tsx';
import { preloadInspector } from './features/inspector/Inspector.tsx';
import { keepTabs } from './features/tabs/keep-tabs.ts';
import { listenToMenu } from './platform/menu.ts';
import { startPlatform } from './platform/start.ts';
import { createRpcClient } from './rpc/client.ts';
import { connectPreferences } from './rpc/preferences.ts';
import { exchangeToken } from './rpc/session-token.ts';
import { Toasts } from './ui/Toasts.tsx';
import { TooltipProvider } from './ui/Tooltip.tsx';
import { toast } from './ui/toast.ts';

/** Every primitive in every state and theme, for who builds them: in development builds alone, at #/gallery. */
const GALLERY = import.meta.env.MODE === 'development' && location.hash === '#/gallery';
const Gallery = lazy(async () => ({ default: (await import('./features/gallery/Gallery.tsx')).Gallery }));

function socketAddress(): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/rpc`;
}

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  await exchangeToken();
  const app: App = {
    rpc: createRpcClient({ url: socketAddress() }),
    platform: startPlatform(),
    actions: createRegistry(ALL_ACTIONS),
  };
  await connectPreferences(app.rpc, (message) => toast(message, { tone: 'err' }));
  keepTabs();
  applyAppearance(app);
  listenToKeys(app);
  listenToMenu(app);
  createRoot(root).render(
    <StrictMode>
      <AppProvider value={app}>
        <TooltipProvider>
          {GALLERY ? (
            <Suspense fallback={null}>
              <Gallery />
            </Suspense>
          ) : (
            <Frame />
          )}
        </TooltipProvider>
        <Toasts />
      </AppProvider>
    </StrictMode>,
  );
}

/** When the window stands, what people do first is fetched before they do it. */
function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(task, { timeout: 3000 });
  // Safari has none.
  else setTimeout(task, 500);
}

void start().then(() =>
  whenIdle(() => {
    preloadPanels();
    preloadInspector();
  }),
);
