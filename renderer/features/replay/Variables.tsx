/** The variables of a scenario: what a later request takes from an earlier answer, each to be left as recorded. Values are not shown: most are secrets. */
import { sourceText } from '#model/replay/scenario.ts';
import type { SessionId } from '#model/session.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { Spinner } from '../../ui/Progress.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './Replay.module.css';
import { replayText as words } from './text.ts';

export interface VariablesProps {
  readonly ids: readonly SessionId[];
  readonly without: readonly string[];
  readonly onChange: (without: readonly string[]) => void;
}

export function Variables({ ids, without, onChange }: VariablesProps) {
  const { data, error } = useCall('replay.variables', { ids: [...ids] });
  if (error !== undefined) return <Notice tone="warn">{error.message}</Notice>;
  if (data === undefined) return <Spinner label={words.finding} />;
  const set = (name: string, on: boolean) =>
    onChange(on ? without.filter((one) => one !== name) : [...without, name]);
  return (
    <div className={styles.scenario}>
      <p className={styles.help}>{data.variables.length === 0 ? words.noVariables : words.scenarioHelp}</p>
      <ul className={styles.variables} aria-label={words.variables}>
        {data.variables.map(({ name, source, from, uses }) => (
          <li key={name}>
            <label className={styles.variable}>
              <input
                type="checkbox"
                checked={!without.includes(name)}
                onChange={({ target }) => set(name, target.checked)}
              />
              <span className={styles.mono}>
                <Visible text={name} />
              </span>
              <span className={styles.help}>
                <Visible text={sourceText(source)} />
              </span>
              <span className={styles.help}>{words.variableUses(from, uses.length)}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
