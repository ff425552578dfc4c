/** Fields of two calls in a table: name, A, B. What changed within a value is set off; what does not count says why. */
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { ignoreField } from '../../state/compare.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';
import { textOfByteString } from '../../views/content/display-text.ts';
import { HighlightedText } from '../../views/parts/HighlightedText.tsx';
import { LongText } from '../../views/parts/LongText.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { viewsText } from '../../views/text.ts';
import styles from './FieldTable.module.css';
import { counts, type FieldRow, groupOf, shortName } from './field-rows.ts';
import { middleSpan } from './middle-span.ts';
import { compareText } from './text.ts';

/** Rows drawn before somebody asks for more. */
const ROWS_AT_ONCE = 300;
/** A value above this is cut, and what changed in it is not set off. */
const LONG = 800;

export interface FieldTableProps {
  readonly title: string;
  readonly rows: readonly FieldRow[];
  readonly strict: boolean;
}

export function FieldTable({ title, rows, strict }: FieldTableProps) {
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const differing = rows.filter((row) => counts(row, strict)).length;
  return (
    <Section title={title} count={differing}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{compareText.field}</th>
            <th scope="col">{compareText.sideA}</th>
            <th scope="col">{compareText.sideB}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row) => (
            <Row key={row.field} row={row} strict={strict} />
          ))}
        </tbody>
      </table>
      {rows.length > most ? (
        <Button size="small" variant="ghost" onClick={() => setMost(most * 4)}>
          {viewsText.showAll(rows.length - most)}
        </Button>
      ) : null}
    </Section>
  );
}

function Row({ row, strict }: { readonly row: FieldRow; readonly strict: boolean }) {
  const { field, kind, passed } = row;
  const differs = counts(row, strict);
  const ignore = () => {
    if (!ignoreField(field)) toast(compareText.ignoreFull, { tone: 'err' });
  };
  return (
    <tr data-kind={differs ? kind : 'same'}>
      <th scope="row">
        <Visible text={textOfByteString(shortName(field))} />
        {passed === undefined ? null : <Badge className={styles.reason}>{compareText.reasons[passed]}</Badge>}
      </th>
      <Cell row={row} side="a" marked={differs} />
      <Cell row={row} side="b" marked={differs} />
      <td className={styles.tools}>
        {kind === 'same' || passed === 'ignored' ? null : (
          <IconButton label={compareText.ignoreThis(field)} size="small" onClick={ignore}>
            <EyeOff size={13} />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

/** Header values are byte strings; what comes from bodies is text already. */
const textOf = (field: string, value: string) =>
  /Headers$/.test(groupOf(field)) ? textOfByteString(value) : value;

interface CellProps {
  readonly row: FieldRow;
  readonly side: 'a' | 'b';
  readonly marked: boolean;
}

function Cell({ row, side, marked }: CellProps) {
  const value = row[side];
  const other = row[side === 'a' ? 'b' : 'a'];
  if (value === undefined)
    return <td className={styles.none}>{side === 'a' ? compareText.onlyB : compareText.onlyA}</td>;
  const text = textOf(row.field, value);
  const span =
    marked && other !== undefined && text.length <= LONG && other.length <= LONG
      ? middleSpan(text, textOf(row.field, other))
      : undefined;
  return (
    <td className={styles.value} data-side={side}>
      {span ? <HighlightedText text={text} marks={[span]} /> : <LongText text={text} />}
    </td>
  );
}
