/** The fields of the query string and of a form in the request's body. */
import { useMemo } from 'react';
import type { Session } from '#model/session.ts';
import { Spinner } from '../../ui/Progress.tsx';
import type { BodyRef } from '../../views/body/body-ranges.ts';
import { useBodyStart } from '../../views/body/use-body-start.ts';
import { PairTable } from '../../views/parts/PairTable.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { multipartTree } from '../../views/tree/form-tree.ts';
import type { TreeNode } from '../../views/tree/tree-node.ts';
import { valueMenu } from '../sessions/value-menu.ts';
import { parseFields, queryFields } from './fields.ts';
import { type FormType, formTypeOf } from './form-type.ts';
import panels from './panels.module.css';
import { inspectorText, TAB_LABELS } from './text.ts';

/** A form larger than this is not cut into fields on the window's thread. */
const MOST_FORM_BYTES = 1024 * 1024;
const MOST_PART_TEXT = 2000;

export function QueryTab({ session }: { readonly session: Session }) {
  const query = queryFields(session.row.url);
  const form = formTypeOf(session.request.head.headers);
  return (
    <Scroll label={TAB_LABELS.query}>
      {query.length > 0 ? (
        <Section title={inspectorText.queryTitle} count={query.length}>
          <PairTable
            label={inspectorText.queryTitle}
            pairs={query}
            copyLabel={inspectorText.copyValue}
            menuOf={valueMenu('query')}
          />
        </Section>
      ) : null}
      {form ? <FormFields session={session} form={form} /> : null}
    </Scroll>
  );
}

function FormFields({ session, form }: { readonly session: Session; readonly form: NonNullable<FormType> }) {
  const { id } = session.row;
  const ref = useMemo<BodyRef>(() => ({ id, side: 'request', decoded: true }), [id]);
  const { start, error } = useBodyStart(ref, MOST_FORM_BYTES + 1, String(session.request.body.size));
  const pairs = useMemo(
    () => (start && start.total <= MOST_FORM_BYTES ? formPairs(form, start.data) : []),
    [start, form],
  );
  if (!start)
    return error ? <p className={panels.hint}>{error.message}</p> : <Spinner label={inspectorText.loading} />;
  const hint = start.total > MOST_FORM_BYTES ? inspectorText.formTooLarge : inspectorText.noFields;
  return (
    <Section title={inspectorText.formTitle} count={pairs.length}>
      {pairs.length > 0 ? (
        <PairTable label={inspectorText.formTitle} pairs={pairs} copyLabel={inspectorText.copyValue} />
      ) : (
        <p className={panels.hint}>{hint}</p>
      )}
    </Section>
  );
}

function formPairs(form: NonNullable<FormType>, data: Uint8Array) {
  if (form.kind === 'urlencoded') return parseFields(new TextDecoder().decode(data));
  try {
    return (multipartTree(data, form.boundary).children?.() ?? []).map(partPair);
  } catch {
    return [];
  }
}

/** A part as a pair: a plain field's text, or what is told of a file. */
function partPair({ key, text, children }: TreeNode) {
  const name = String(key ?? '');
  if (children === undefined) return { name, value: text.slice(0, MOST_PART_TEXT) };
  const told = children();
  const type = told.find((one) => typeof one.key === 'string' && /^content-type$/i.test(one.key))?.text;
  const content = told.at(-1);
  const shown = content?.kind === 'bytes' ? content.text : content?.text.slice(0, MOST_PART_TEXT);
  return { name, value: [text, type === text ? undefined : type, shown].filter(Boolean).join(' · ') };
}
