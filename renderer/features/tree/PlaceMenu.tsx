/** What can be done with a place of the tree. */

import type { BranchRef } from '#model/contract/tree.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { NO_SCOPE, onlyPlace, placeName, samePlace, withPlace } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { FRESH_VIEW, useTabs } from '../../state/tabs.ts';
import { commonText } from '../../text/common.ts';
import { type MenuEntry, type Point, PointMenu } from '../../ui/Menu.tsx';
import { toast } from '../../ui/toast.ts';
import { treeText } from './text.ts';

export interface PlaceMenuProps {
  readonly menu: { readonly at: Point; readonly place: BranchRef } | undefined;
  readonly onClose: () => void;
}

export function PlaceMenu({ menu, onClose }: PlaceMenuProps) {
  const { platform } = useApp();
  const entries = (): readonly MenuEntry[] => {
    if (menu === undefined) return [];
    const { place } = menu;
    const { scope, setScope, setOpen } = useSessions.getState();
    const isIn = (list: readonly BranchRef[]) => list.some((one) => samePlace(one, place));
    const alone = scope.include.length === 1 && isIn(scope.include);
    const copy = async () => {
      await platform.copyText(placeName(place));
      toast(commonText.copied, { tone: 'ok', timeout: 2500 });
    };
    return [
      {
        id: 'only',
        label: alone ? treeText.notOnly : treeText.only,
        onSelect: () => setScope(onlyPlace(scope, place)),
      },
      ...(scope.include.length > 0 && !alone
        ? [
            {
              id: 'include',
              label: isIn(scope.include) ? treeText.notInclude : treeText.include,
              onSelect: () => setScope(withPlace(scope, 'include', place)),
            },
          ]
        : []),
      {
        id: 'exclude',
        label: isIn(scope.exclude) ? treeText.notExclude : treeText.exclude,
        onSelect: () => setScope(withPlace(scope, 'exclude', place)),
      },
      'separator',
      {
        id: 'tab',
        label: treeText.newTab,
        onSelect: () => useTabs.getState().add({ ...FRESH_VIEW, scope: { ...NO_SCOPE, include: [place] } }),
      },
      {
        id: 'copy',
        label: treeText.copy,
        onSelect: () =>
          void copy().catch((cause: unknown) => toast(toSluiceError(cause).message, { tone: 'err' })),
      },
      'separator',
      { id: 'collapse', label: treeText.collapse, onSelect: () => setOpen([]) },
    ];
  };
  return <PointMenu label={treeText.menu} at={menu?.at} entries={entries} onClose={onClose} />;
}
