/** Opening, closing, renaming and moving tabs, and going from one to the next. A browser keeps Ctrl+T and its like for its own tabs. */
import { ArrowLeftToLine, ArrowRightToLine, CopyPlus, PanelTop, SquarePen, X } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import { viewNow } from '../../state/sessions.ts';
import { useTabs } from '../../state/tabs.ts';
import { useView } from '../../state/view.ts';

const several = () => useTabs.getState().tabs.length > 1;

function step(by: number): void {
  const { tabs, shown, show } = useTabs.getState();
  const next = tabs.at((tabs.findIndex(({ id }) => id === shown) + by) % tabs.length);
  if (next) show(next.id);
}

const action = (id: string, label: string, more: Omit<Action, 'id' | 'label' | 'group'>): Action => ({
  id: `tabs.${id}`,
  label,
  group: 'view',
  ...more,
  run: (app) => {
    useView.getState().show('sessions');
    return more.run(app);
  },
});

export const TAB_ACTIONS: readonly Action[] = [
  action('new', 'New tab', {
    shortcuts: ['Alt+T'],
    icon: PanelTop,
    keywords: ['view', 'open'],
    run: () => useTabs.getState().add(),
  }),
  action('duplicate', 'Duplicate the tab', {
    icon: CopyPlus,
    keywords: ['copy', 'view'],
    run: () => useTabs.getState().add(viewNow()),
  }),
  action('close', 'Close the tab', {
    shortcuts: ['Alt+W'],
    icon: X,
    enabled: several,
    run: () => useTabs.getState().close(useTabs.getState().shown),
  }),
  action('rename', 'Rename the tab', {
    shortcuts: ['F2'],
    icon: SquarePen,
    run: () => useTabs.getState().setRenaming(useTabs.getState().shown),
  }),
  action('next', 'Go to the next tab', {
    shortcuts: ['Alt+.'],
    icon: ArrowRightToLine,
    enabled: several,
    run: () => step(1),
  }),
  action('previous', 'Go to the tab before', {
    shortcuts: ['Alt+,'],
    icon: ArrowLeftToLine,
    enabled: several,
    run: () => step(-1),
  }),
  action('right', 'Move the tab to the right', {
    shortcuts: ['Alt+Shift+ArrowRight'],
    enabled: several,
    run: () => useTabs.getState().move(useTabs.getState().shown, 1),
  }),
  action('left', 'Move the tab to the left', {
    shortcuts: ['Alt+Shift+ArrowLeft'],
    enabled: several,
    run: () => useTabs.getState().move(useTabs.getState().shown, -1),
  }),
];
