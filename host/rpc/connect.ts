/** `connect.*`: how clients are pointed at the proxy and made to trust its root, and browsers that do both by themselves. */
import { join } from 'node:path';
import { SluiceError } from '#model/errors.ts';
import { findBrowsers } from '../connect/browsers.ts';
import { baseFlags, proxyFlags } from '../connect/chromium-flags.ts';
import { connectRecipes } from '../connect/recipes.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherFacts } from '../doctor/gather-facts.ts';
import type { Services } from '../services.ts';
import { latest } from './changes.ts';
import type { HandlerGroup } from './handlers.ts';

/** How often the doctor looks: people read what it says. */
const DOCTOR_GAP_MS = 1500;
const CERTIFICATE_URL = 'http://sluice.cert/';

function pageAddress(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new SluiceError('bad-url', `"${text}" is not an address: it must begin with http:// or https://.`);
}

export function connectHandlers(services: Services): HandlerGroup<'connect'> {
  const { authority, proxy, lanProxy, processes } = services;
  const { settings } = services;
  const doctor = async () => ({
    diagnoses: diagnose(
      await gatherFacts({
        store: services.store,
        startedAt: services.startedAt,
        capturing: services.status.capturing,
        proxy,
        hasUpstreamProxy: settings.upstreamProxies.length > 0,
        stripsAltSvc: settings.stripAltSvc,
        rules: services.rules.state().rules,
        caExpires: authority.expires,
        env: process.env,
        now: Date.now(),
      }),
    ),
  });
  return {
    'connect.info': async () => {
      // Loaded here: forge and the QR code are not needed to start.
      const { qrSvg } = await import('#certs/pages/qr-svg.ts');
      const { trustInstructions } = await import('#certs/trust-instructions.ts');
      const phoneUrl = lanProxy === undefined ? undefined : `http://${lanProxy}/`;
      const scanned = phoneUrl ?? CERTIFICATE_URL;
      return {
        recipes: connectRecipes({ proxy, caFile: authority.certificateFile }),
        trust: trustInstructions({
          certificateFile: authority.certificateFile,
          certificateUrl: CERTIFICATE_URL,
          proxy,
          platform: process.platform,
        }),
        certificateUrl: CERTIFICATE_URL,
        ...(phoneUrl === undefined ? {} : { phoneUrl }),
        qrSvg: qrSvg(scanned, `QR code of ${scanned}`),
        browsers: findBrowsers().map(({ id, name }) => ({ id, name })),
      };
    },
    // The status rings every second, with traffic or without: silence is something to be told too.
    'connect.doctor': (_, signal) => latest(services.status.changes, doctor, signal, DOCTOR_GAP_MS),
    'connect.openBrowser': async ({ browser, url }) => {
      const found = findBrowsers().find(({ id }) => id === browser);
      if (!found) throw new SluiceError('no-browser', `There is no browser "${browser}" on this machine.`);
      const page = url === undefined ? 'about:blank' : pageAddress(url);
      const flags = baseFlags({
        profile: join(services.browsersFolder, found.id),
        isRoot: process.getuid?.() === 0,
        extra: services.browserFlags,
      });
      await processes.start(found.path, [...flags, ...proxyFlags(proxy, authority.certificatePem), page]);
      return {};
    },
  };
}
