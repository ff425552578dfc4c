/** Headers as rows in the order in which they are sent; duplicates are rows like any other, and a row can be left out without losing it. */
import { Checkbox } from '@base-ui/react/checkbox';
import { ArrowUp, Check, Plus, Trash2 } from 'lucide-react';
import { useComposer } from '../../state/composer.ts';
import { Button } from '../../ui/Button.tsx';
import { Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import type { Draft, DraftHeader } from './draft.ts';
import styles from './HeaderRows.module.css';
import { composerText } from './text.ts';

export interface HeaderRowsProps {
  readonly draft: Draft;
  readonly problems: ReadonlyMap<number, string>;
}

export function HeaderRows({ draft, problems }: HeaderRowsProps) {
  const { key, headers } = draft;
  const edit = useComposer((state) => state.edit);
  const set = (next: readonly DraftHeader[]) => edit(key, { headers: next });
  const change = (header: DraftHeader, changes: Partial<DraftHeader>) =>
    set(headers.map((one) => (one === header ? { ...one, ...changes } : one)));
  const up = (i: number) => set(headers.toSpliced(i, 1).toSpliced(i - 1, 0, ...headers.slice(i, i + 1)));
  const add = () =>
    set([
      ...headers,
      { key: Math.max(0, ...headers.map((one) => one.key)) + 1, on: true, name: '', value: '' },
    ]);
  return (
    <div className={styles.root}>
      {headers.map((header, i) => {
        const problem = problems.get(header.key);
        const error =
          problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `header-${header.key}` };
        return (
          <div key={header.key} className={styles.row} data-off={!header.on}>
            <Checkbox.Root
              className={styles.check}
              aria-label={composerText.headerOn(header.name)}
              checked={header.on}
              onCheckedChange={(on) => change(header, { on })}
            >
              <Checkbox.Indicator className={styles.tick}>
                <Check size={12} />
              </Checkbox.Indicator>
            </Checkbox.Root>
            <Input
              mono
              aria-label={composerText.headerName}
              placeholder={composerText.namePlaceholder}
              value={header.name}
              className={styles.name}
              autoFocus={header.name === '' && header.value === '' && i === headers.length - 1 && i > 0}
              onChange={(event) => change(header, { name: event.currentTarget.value })}
              {...error}
            />
            <Input
              mono
              aria-label={composerText.headerValue}
              placeholder={composerText.valuePlaceholder}
              value={header.value}
              className={styles.value}
              onChange={(event) => change(header, { value: event.currentTarget.value })}
            />
            <IconButton
              size="small"
              label={composerText.moveUp(header.name)}
              disabled={i === 0}
              onClick={() => up(i)}
            >
              <ArrowUp size={13} />
            </IconButton>
            <IconButton
              size="small"
              label={composerText.removeHeader(header.name)}
              onClick={() => set(headers.filter((one) => one !== header))}
            >
              <Trash2 size={13} />
            </IconButton>
            {problem === undefined ? null : (
              <p id={`header-${header.key}`} className={styles.problem} role="alert">
                {problem}
              </p>
            )}
          </div>
        );
      })}
      <div className={styles.foot}>
        <Button size="small" variant="ghost" onClick={add}>
          <Plus size={14} aria-hidden="true" />
          {composerText.addHeader}
        </Button>
        <span className={styles.note}>{composerText.lengthNote}</span>
      </div>
    </div>
  );
}
