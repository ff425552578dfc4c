/** `app.*`: what this host is and how it is doing. */
import { formatInfos } from '#formats/all-formats.ts';
import type { Services } from '../services.ts';
import { VERSION } from '../version.ts';
import { latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

/** The figures of the status bar are read by people. */
const STATUS_GAP_MS = 250;

export function appHandlers(services: Services): HandlerGroup<'app'> {
  const { authority, engine, store, status } = services;
  return {
    'app.info': async () => ({
      version: VERSION,
      engine: engine.name,
      proxy: services.proxy,
      capture: store.path,
      dataFolder: services.dataFolder,
      caFile: authority.certificateFile,
      caFingerprint: authority.fingerprint,
      caExpires: authority.expires.toISOString(),
      notices: [...services.notices],
      checks: [...services.checks],
      formats: formatInfos(),
      settings: services.settings,
    }),
    'app.status': (_, signal) => latest(status.changes, () => status.now(), signal, STATUS_GAP_MS),
    'app.setCapturing': async ({ capturing }) => {
      status.setCapturing(capturing);
      return {};
    },
    'app.setRetention': async (retention) => {
      await store.setRetention(retention);
      return {};
    },
  };
}
