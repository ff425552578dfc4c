/** Turns key presses into actions for the whole window. An element marked `data-grid-keys` takes single letters while it has the focus. */
import type { App } from '../app.ts';
import { useSessions } from '../state/sessions.ts';
import { useView } from '../state/view.ts';
import { useConfirmation } from '../ui/confirm.ts';
import { runAction } from './run.ts';
import { onMac } from './shortcut.ts';

const inPopup = (target: Element | null) =>
  target?.closest('[role=menu], [role=listbox], [role=dialog], [role=alertdialog]') !== null;

/** Whether something stands over the window, even if the focus has not reached it yet: what is typed now is not for the list. */
const covered = () =>
  useView.getState().panel !== undefined ||
  useConfirmation.getState().question !== undefined ||
  useSessions.getState().commenting !== undefined;

/** Listens until the returned function is called. */
export function listenToKeys(app: App): () => void {
  const onKey = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || event.isComposing) return;
    const popup = covered() || (target !== null && inPopup(target));
    const inGrid = !popup && target !== null && target.closest('[data-grid-keys]') !== null;
    const action = app.actions.forKey(event, { inGrid, isMac: onMac() });
    // A dialog is its own world: only what toggles the palette reaches through it.
    if (!action || (popup && action.id !== 'app.palette')) return;
    event.preventDefault();
    void runAction(app, action);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
