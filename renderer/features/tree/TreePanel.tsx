/** The panel at the list's left: hosts and paths with what they have, focus sets, presets against noise. Everything in it narrows the list. */
import { useEffect, useMemo, useState } from 'react';
import type { SessionTree } from '#model/contract/tree.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { NOISE_FILTERS, NOISES, withNoise } from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { formatCount } from '../../text/format.ts';
import { toast } from '../../ui/toast.ts';
import { FocusSets } from './FocusSets.tsx';
import { PlaceTree } from './PlaceTree.tsx';
import styles from './TreePanel.module.css';
import { treeText } from './text.ts';
import { placeKey } from './tree-rows.ts';

const COUNTS = NOISES.map((id) => NOISE_FILTERS[id]);

/** What the host counts; while another question is being answered, what was known before. */
function useTree(): SessionTree | undefined {
  const { rpc } = useApp();
  const open = useSessions((state) => state.open);
  const [tree, setTree] = useState<SessionTree>();
  useEffect(() => {
    const merge = (next: SessionTree) =>
      setTree((before) => {
        // A count that has only begun says less than the one before it.
        if (!next.counting || before === undefined) return next;
        const known = new Map(before.levels.map((level) => [level.of ? placeKey(level.of) : '', level]));
        const levels = next.levels.map((level) => known.get(level.of ? placeKey(level.of) : '') ?? level);
        return { ...next, levels, counts: before.counts };
      });
    return rpc.watch(
      'tree.watch',
      { open: [...open], counts: COUNTS },
      { item: merge, error: (error) => toast(toSluiceError(error).message, { tone: 'err' }) },
    );
  }, [rpc, open]);
  return tree;
}

export function TreePanel() {
  const tree = useTree();
  const levels = useMemo(() => tree?.levels ?? [], [tree]);
  return (
    <section className={styles.panel} aria-label={treeText.panel}>
      <PlaceTree levels={levels} counting={tree?.counting === true} loaded={tree !== undefined} />
      <FocusSets />
      <Noise counts={tree?.counts ?? []} />
    </section>
  );
}

function Noise({ counts }: { readonly counts: readonly number[] }) {
  const scope = useSessions((state) => state.scope);
  const setScope = useSessions((state) => state.setScope);
  return (
    <section className={styles.section}>
      <h2 className={styles.heading} title={treeText.noiseHelp}>
        {treeText.noise}
      </h2>
      {NOISES.map((id, i) => (
        <label key={id} className={styles.item} title={treeText.noiseHelp}>
          <input
            type="checkbox"
            className={styles.check}
            aria-label={treeText.hide(treeText.noises[id])}
            checked={scope.noise.includes(id)}
            onChange={() => setScope(withNoise(scope, id))}
          />
          <span className={styles.name}>{treeText.noises[id]}</span>
          <span className={styles.count}>{counts[i] === undefined ? '' : formatCount(counts[i])}</span>
        </label>
      ))}
    </section>
  );
}
