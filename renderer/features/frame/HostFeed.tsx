/** Keeps the host's store fed: the connection, what the host is, how it does. Says once what the host wants known. Draws nothing. */
import { useEffect } from 'react';
import type { AppInfo } from '#model/contract/contract.ts';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';
import { toast } from '../../ui/toast.ts';

export function HostFeed(): null {
  const { rpc } = useApp();
  useEffect(() => {
    const { setConnection, setInfo, setStatus } = useHost.getState();
    const said = new Set<string>();
    const load = () => {
      const receive = (info: AppInfo) => {
        setInfo(info);
        for (const notice of info.notices.filter((text) => !said.has(text))) {
          said.add(notice);
          toast(notice, { timeout: 0 });
        }
      };
      rpc.call('app.info', {}).then(receive, () => undefined);
    };
    setConnection(rpc.state);
    load();
    const stopState = rpc.onState((state) => {
      setConnection(state);
      if (state.kind === 'open') load();
    });
    const stopStatus = rpc.watch('app.status', {}, { item: setStatus, error: () => undefined });
    return () => {
      stopState();
      stopStatus();
    };
  }, [rpc]);
  return null;
}
