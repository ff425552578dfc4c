/** What the list is narrowed to besides its filter, each part with its way out; how many sessions the presets against noise hide. */
import { X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useStream } from '../../rpc/use-rpc.ts';
import {
  hiddenFilter,
  NO_SCOPE,
  placeName,
  type Scope,
  withNoise,
  withPlace,
  withRange,
} from '../../state/scope.ts';
import { useSessions } from '../../state/sessions.ts';
import { formatClock } from '../../text/format.ts';
import { Button } from '../../ui/Button.tsx';
import { focusGrid } from '../sessions/filter-actions.ts';
import styles from './ScopeLine.module.css';
import { treeText } from './text.ts';

interface Part {
  readonly key: string;
  readonly label: string;
  readonly remove: string;
  readonly without: Scope;
}

function partsOf(scope: Scope): Part[] {
  const { include, exclude, range } = scope;
  const place = (list: 'include' | 'exclude') => (one: Scope['include'][number]) => {
    const name = list === 'include' ? placeName(one) : treeText.without(placeName(one));
    return { key: name, label: name, remove: treeText.remove(name), without: withPlace(scope, list, one) };
  };
  const parts = [...include.map(place('include')), ...exclude.map(place('exclude'))];
  if (range === undefined) return parts;
  const name = `${formatClock(range.from)} – ${formatClock(range.to)}`;
  return [
    ...parts,
    { key: 'range', label: name, remove: treeText.remove(name), without: withRange(scope, undefined) },
  ];
}

export function ScopeLine() {
  const { scope, typed, setScope } = useSessions();
  const parts = useMemo(() => partsOf(scope), [scope]);
  const counts = scope.noise.map((id) => hiddenFilter(scope, typed, id));
  const { data } = useStream('tree.watch', counts.length > 0 ? { open: [], counts } : undefined);
  return (
    <section className={styles.line} aria-label={treeText.scope}>
      {parts.map(({ key, label, remove, without }) => (
        <Chip key={key} remove={remove} onRemove={() => setScope(without)}>
          {label}
        </Chip>
      ))}
      {scope.noise.map((id, i) => {
        const name = treeText.noises[id];
        const count = data?.counts[i];
        return (
          <Chip
            key={id}
            quiet
            remove={treeText.removeNoise(name)}
            onRemove={() => setScope(withNoise(scope, id))}
          >
            {count === undefined ? treeText.hiddenNoise(name) : treeText.hidden(count, name)}
          </Chip>
        );
      })}
      {parts.length + counts.length > 1 ? (
        <Button
          size="small"
          variant="ghost"
          onClick={() => {
            setScope(NO_SCOPE);
            focusGrid();
          }}
        >
          {treeText.removeAll}
        </Button>
      ) : null}
    </section>
  );
}

interface ChipProps {
  readonly remove: string;
  readonly quiet?: boolean;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Chip({ remove, quiet, onRemove, children }: ChipProps) {
  return (
    <span className={styles.chip} data-quiet={quiet || undefined}>
      <span className={styles.text}>{children}</span>
      <button type="button" aria-label={remove} title={remove} onClick={onRemove}>
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}
