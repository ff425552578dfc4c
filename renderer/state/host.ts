/** What the host last said of itself, and whether it can be heard. Fed by features/frame/HostFeed.tsx. */

import { create } from 'zustand';
import type { AppInfo, AppStatus } from '#model/contract/contract.ts';
import type { ConnectionState } from '../rpc/client.ts';

export interface HostState {
  readonly connection: ConnectionState;
  readonly info: AppInfo | undefined;
  readonly status: AppStatus | undefined;
  setConnection(connection: ConnectionState): void;
  setInfo(info: AppInfo): void;
  setStatus(status: AppStatus): void;
}

export const useHost = create<HostState>()((set) => ({
  connection: { kind: 'connecting' },
  info: undefined,
  status: undefined,
  setConnection: (connection) => set({ connection }),
  setInfo: (info) => set({ info }),
  setStatus: (status) => set({ status }),
}));
