/** The workbench's entry: the token, the connection, the stores' lasting parts, then React. */
import './rpc/jitless.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { listenToKeys } from './actions/keyboard.ts';
import { createRegistry } from './actions/registry.ts';
import { type App, AppProvider } from './app.ts';
import { ALL_ACTIONS } from './features/all-actions.ts';
import { applyAppearance } from './features/frame/appearance.ts';
import { Frame } from './features/frame/Frame.tsx';
import { keepTabs } from './features/tabs/keep-tabs.ts';
import { listenToMenu } from './platform/menu.ts';
import { startPlatform } from './platform/start.ts';
import { createRpcClient } from './rpc/client.ts';
import { connectPreferences } from './rpc/preferences.ts';
import { exchangeToken } from './rpc/session-token.ts';
import { Toasts } from './ui/Toasts.tsx';
import { TooltipProvider } from './ui/Tooltip.tsx';
import { toast } from './ui/toast.ts';

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
          <Frame />
        </TooltipProvider>
        <Toasts />
      </AppProvider>
    </StrictMode>,
  );
}

void start();
