/** Doing an action: one place where its failure becomes a sentence on the screen. */

import { toSluiceError } from '#model/errors.ts';
import type { App } from '../app.ts';
import { toast } from '../ui/toast.ts';
import { type Action, isEnabled } from './action.ts';

/** Runs the action if it is enabled; a failure is shown, never thrown. */
export async function runAction(app: App, action: Action): Promise<void> {
  if (!isEnabled(action)) return;
  try {
    await action.run(app);
  } catch (cause) {
    toast(toSluiceError(cause).message, { tone: 'err' });
  }
}
