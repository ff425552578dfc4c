/** Sending the selected sessions again: how often, how fast, what changes, until when; then their answers as a table. */
import { useRef, useState } from 'react';
import type { SessionId } from '#model/session.ts';
import { useReplaying } from '../../state/replaying.ts';
import { commonText } from '../../text/common.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { focusedElement } from '../../ui/focus.ts';
import { Notice } from '../../views/parts/Notice.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { ReplayFields } from './ReplayFields.tsx';
import { ReplayResults } from './ReplayResults.tsx';
import { FIRST_FORM, type FieldName, planOfForm, type ReplayForm } from './replay-form.ts';
import { replayText as words } from './text.ts';
import { useReplay } from './use-replay.ts';
import { Variables } from './Variables.tsx';

export function ReplayDialog() {
  const ids = useReplaying((state) => state.ids);
  return ids === undefined ? null : <Open ids={ids} />;
}

function Open({ ids }: { readonly ids: readonly SessionId[] }) {
  const [before] = useState(focusedElement);
  const [form, setForm] = useState(FIRST_FORM);
  // Problems are shown once sending was tried, and from then on follow the typing.
  const [tried, setTried] = useState(false);
  const { run, problem, start, stop, forget } = useReplay();
  const go = useRef<HTMLButtonElement>(null);
  const read = planOfForm(ids, form);
  const change = (next: Partial<ReplayForm>) => setForm((old) => ({ ...old, ...next }));
  const close = () => {
    if (run?.state === 'running') stop();
    useReplaying.getState().close();
  };
  const send = () => {
    setTried(true);
    if (read.ok) void start(read.plan);
  };
  return (
    <Dialog
      open
      wide
      title={words.title(ids.length)}
      onClose={close}
      initialFocus={go}
      finalFocus={() => before}
      footer={
        run === undefined ? (
          <>
            <Button onClick={close}>{commonText.cancel}</Button>
            <Button ref={go} variant="primary" onClick={send}>
              {read.ok ? words.send(read.total) : words.sendPlain}
            </Button>
          </>
        ) : run.state === 'running' ? (
          <Button onClick={stop}>{words.stop}</Button>
        ) : (
          <>
            <Button onClick={forget}>{words.again}</Button>
            <Button variant="primary" onClick={close}>
              {commonText.close}
            </Button>
          </>
        )
      }
    >
      {run === undefined ? (
        <>
          {problem === undefined ? null : <Notice tone="warn">{problem}</Notice>}
          {ids.length > 1 ? (
            <Segmented
              label={words.what}
              value={form.scenario ? 'scenario' : 'requests'}
              options={KINDS}
              onChange={(kind) => change({ scenario: kind === 'scenario', pace: 'paced' })}
            />
          ) : null}
          {form.scenario ? (
            <Variables ids={ids} without={form.without} onChange={(without) => change({ without })} />
          ) : null}
          <ReplayFields
            form={form}
            problems={tried && !read.ok ? read.problems : NO_PROBLEMS}
            onChange={change}
          />
        </>
      ) : (
        <ReplayResults run={run} onOpened={close} />
      )}
    </Dialog>
  );
}

const KINDS = [
  { value: 'requests', label: words.requests },
  { value: 'scenario', label: words.scenario },
] as const;
const NO_PROBLEMS: ReadonlyMap<FieldName, string> = new Map();
