/** The dialog in which a column is made: of what, and by which name; the host says whether there is such a field. */
import { type KeyboardEvent, useId, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { commonText } from '../../text/common.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './AddColumn.module.css';
import { added } from './column-layout.ts';
import { MOST_OWN } from './columns.ts';
import { useAddingColumn } from './own-columns.ts';
import { arrange, columnLayout } from './use-columns.ts';

const KINDS = ['reqheader', 'resheader', 'cookie', 'query', 'json'] as const;
type Kind = (typeof KINDS)[number];

const text = {
  title: 'Add a column',
  description: 'Its cells are read for the rows in sight, so the list cannot be sorted by it.',
  of: 'Of',
  name: 'Name',
  add: 'Add column',
  tooMany: `At most ${MOST_OWN} such columns. Take one away first.`,
  kinds: {
    reqheader: 'Request header',
    resheader: 'Response header',
    cookie: 'Cookie',
    query: 'Query parameter',
    json: 'JSON path',
  } satisfies Record<Kind, string>,
  examples: {
    reqheader: 'x-request-id',
    resheader: 'cache-control',
    cookie: 'session',
    query: 'page',
    json: '$.user.id',
  } satisfies Record<Kind, string>,
} as const;

export function AddColumn() {
  const { rpc } = useApp();
  const list = useId();
  const [kind, setKind] = useState<Kind>('reqheader');
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string>();
  const { data } = useCall('sessions.values', { field: kind, names: true, prefix: '' });
  const close = () => useAddingColumn.setState({ open: false });
  const add = async () => {
    const field = `${kind}:${name.trim()}`;
    try {
      await rpc.call('sessions.cells', { ids: [], fields: [field] });
    } catch (cause) {
      setProblem(toSluiceError(cause).message);
      return;
    }
    const before = columnLayout();
    const layout = added(before, field);
    if (layout === before) setProblem(text.tooMany);
    else {
      arrange(layout);
      close();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void add();
  };
  return (
    <Dialog
      open
      title={text.title}
      description={text.description}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{commonText.cancel}</Button>
          <Button variant="primary" disabled={name.trim() === ''} onClick={() => void add()}>
            {text.add}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Select
          label={text.of}
          value={kind}
          options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
          onChange={(next) => {
            setKind(next);
            setProblem(undefined);
          }}
        />
        <Field label={text.name} error={problem}>
          <Input
            mono
            list={list}
            autoFocus
            placeholder={text.examples[kind]}
            value={name}
            onChange={({ target }) => {
              setName(target.value);
              setProblem(undefined);
            }}
            onKeyDown={onKeyDown}
          />
        </Field>
        <datalist id={list}>
          {(data?.values ?? []).map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      </div>
    </Dialog>
  );
}
