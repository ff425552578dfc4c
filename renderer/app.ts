/** What every part of the workbench can reach: the host, the platform, the actions. Made once in main.tsx; tests make their own. */
import { createContext, useContext } from 'react';
import type { ActionRegistry } from './actions/registry.ts';
import type { Platform } from './platform/platform.ts';
import type { RpcClient } from './rpc/client.ts';

export interface App {
  readonly rpc: RpcClient;
  readonly platform: Platform;
  readonly actions: ActionRegistry;
}

const AppContext = createContext<App | undefined>(undefined);

export const AppProvider = AppContext.Provider;

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp outside AppProvider');
  return app;
}
