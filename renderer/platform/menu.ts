/** Runs the workbench's actions when the application menu asks for them; where there is no menu, nothing ever asks. */
import { runAction } from '../actions/run.ts';
import type { App } from '../app.ts';

/** Starts listening; the answer ends it. */
export function listenToMenu(app: App): () => void {
  return app.platform.onMenuAction((id) => void runAction(app, app.actions.get(id)));
}
