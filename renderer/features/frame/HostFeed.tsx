/** Keeps the host's store fed: the connection, what the host is, how it does. Draws nothing. */
import { useEffect } from 'react';
import { useApp } from '../../app.ts';
import { useHost } from '../../state/host.ts';

export function HostFeed(): null {
  const { rpc } = useApp();
  useEffect(() => {
    const { setConnection, setInfo, setStatus } = useHost.getState();
    const load = () => {
      rpc.call('app.info', {}).then(setInfo, () => undefined);
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
