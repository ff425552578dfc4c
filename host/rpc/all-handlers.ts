/** Every handler of the contract, from its groups. A name without one does not compile. */
import type { Services } from '../services.ts';
import { appHandlers } from './app.ts';
import { breaksHandlers } from './breaks.ts';
import { composerHandlers } from './composer.ts';
import { connectHandlers } from './connect.ts';
import { exportsHandlers } from './exports.ts';
import { findingsHandlers } from './findings.ts';
import type { Handlers } from './handlers.ts';
import { preferencesHandlers } from './preferences.ts';
import { replayHandlers } from './replay.ts';
import { rulesHandlers } from './rules.ts';
import { scriptsHandlers } from './scripts.ts';
import { searchHandlers } from './search.ts';
import { sessionsHandlers } from './sessions.ts';
import { treeHandlers } from './tree.ts';

export const allHandlers = (services: Services): Handlers => ({
  ...appHandlers(services),
  ...preferencesHandlers(services),
  ...exportsHandlers(services),
  ...connectHandlers(services),
  ...sessionsHandlers(services),
  ...findingsHandlers(services),
  ...composerHandlers(services),
  ...replayHandlers(services),
  ...searchHandlers(services),
  ...rulesHandlers(services),
  ...breaksHandlers(services),
  ...scriptsHandlers(services),
  ...treeHandlers(services),
});
