/** From the list to a comparison: two sessions at once, or one side kept until the other is chosen. */
import { ArrowLeftRight, BetweenVerticalStart, FileDiff, GitCompareArrows } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import { type Comparison, useCompare } from '../../state/compare.ts';
import { selectedIds } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { compareActionText } from '../../text/compare.ts';
import { toast } from '../../ui/toast.ts';

/** As they happened, whatever way they were selected. */
const inOrder = () => selectedIds().toSorted((a, b) => a - b);

const words = ['diff', 'difference', 'versus', 'side by side'];

function show(comparison: Comparison): void {
  useCompare.getState().compare(comparison);
  useView.getState().show('compare');
}

/** For the menu of sessions. */
export const COMPARE_IDS: readonly string[] = ['compare.two', 'compare.keep', 'compare.with'];

export const COMPARE_ACTIONS: readonly Action[] = [
  {
    id: 'compare.two',
    label: compareActionText.two,
    group: 'sessions',
    shortcuts: ['Shift+D'],
    icon: FileDiff,
    keywords: words,
    enabled: () => selectedIds().length === 2,
    run: () => {
      // The older one is what the newer one is compared with.
      const [a, b] = inOrder();
      if (a !== undefined && b !== undefined) show({ a: [a], b: [b] });
    },
  },
  {
    id: 'compare.keep',
    label: compareActionText.keep,
    group: 'sessions',
    icon: BetweenVerticalStart,
    keywords: words,
    enabled: () => selectedIds().length > 0,
    run: () => {
      const ids = inOrder();
      useCompare.getState().keep(ids);
      toast(compareActionText.kept(ids.length), { detail: compareActionText.keptDetail });
    },
  },
  {
    id: 'compare.with',
    label: compareActionText.with,
    group: 'sessions',
    icon: GitCompareArrows,
    keywords: words,
    enabled: () => useCompare.getState().kept.length > 0 && selectedIds().length > 0,
    run: () => show({ a: useCompare.getState().kept, b: inOrder() }),
  },
  {
    id: 'compare.swap',
    label: compareActionText.swap,
    group: 'sessions',
    icon: ArrowLeftRight,
    enabled: () => useCompare.getState().shown !== undefined,
    run: () => useCompare.getState().swap(),
  },
];
