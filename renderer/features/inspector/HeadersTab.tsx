/** Header fields of both messages as they stood on the wire: order, case and duplicates kept; what was changed on the way is marked. */
import { useState } from 'react';
import type { Session } from '#model/session.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Input } from '../../ui/Field.tsx';
import { textOfByteString } from '../../views/content/display-text.ts';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { type Pair, PairTable } from '../../views/parts/PairTable.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { valueMenu } from '../sessions/value-menu.ts';
import type { HeadChange } from './head-changes.ts';
import { chunkExtensionGroups, type HeaderGroup, headerGroups } from './header-groups.ts';
import panels from './panels.module.css';
import { inspectorText, TAB_LABELS } from './text.ts';

function pairOf(field: HeadChange): Pair {
  const name = textOfByteString(field.name);
  const value = textOfByteString(field.value);
  switch (field.kind) {
    case 'same':
      return { name, value };
    case 'removed':
      return { name, value, struck: true, detail: <Badge tone="warn">{inspectorText.notSentOn}</Badge> };
    case 'added':
      return { name, value, detail: <Badge tone="accent">{inspectorText.addedOnTheWay}</Badge> };
    case 'changed':
      return {
        name,
        value,
        detail: (
          <>
            <Badge tone="info">{inspectorText.sentOnAs}</Badge>
            <span className={panels.sentValue}>
              <Visible text={field.sent[0] === field.name ? '' : `${textOfByteString(field.sent[0])}: `} />
              <Visible text={textOfByteString(field.sent[1])} />
            </span>
          </>
        ),
      };
  }
}

const textOf = (fields: readonly HeadChange[]) =>
  fields
    .filter(({ kind }) => kind !== 'added')
    .map(({ name, value }) => `${textOfByteString(name)}: ${textOfByteString(value)}`)
    .join('\n');

const searched = (field: HeadChange) =>
  [field.name, field.value, ...(field.kind === 'changed' ? field.sent : [])]
    .map(textOfByteString)
    .join(': ')
    .toLowerCase();

function Group({
  group,
  shown,
  wanted,
}: {
  group: HeaderGroup;
  shown: readonly HeadChange[];
  wanted: string;
}) {
  const { title, line, sentLine, fields, moved } = group;
  return (
    <Section
      title={title}
      count={shown.length}
      actions={<CopyButton label={inspectorText.copyHeaders} text={() => textOf(fields)} />}
    >
      {line !== undefined && wanted === '' ? (
        <p className={panels.startLine}>
          <Visible text={textOfByteString(line)} />
        </p>
      ) : null}
      {sentLine !== undefined && wanted === '' ? (
        <p className={panels.startLine}>
          <Badge tone="info" className={panels.badge}>
            {inspectorText.sentOnAs}
          </Badge>{' '}
          <Visible text={textOfByteString(sentLine)} />
        </p>
      ) : null}
      <PairTable
        label={title}
        pairs={shown.map(pairOf)}
        copyLabel={inspectorText.copyValue}
        menuOf={valueMenu('header')}
      />
      {moved ? <p className={panels.hint}>{inspectorText.movedFields}</p> : null}
    </Section>
  );
}

export function HeadersTab({ session }: { readonly session: Session }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const groups = headerGroups(session).map((group) => ({
    group,
    shown: group.fields.filter((field) => searched(field).includes(wanted)),
  }));
  const extensions = chunkExtensionGroups(session).map(({ title, extensions: all }) => ({
    title,
    lines: all.filter((one) => one.toLowerCase().includes(wanted)),
  }));
  const none =
    groups.every(({ shown }) => shown.length === 0) && extensions.every(({ lines }) => lines.length === 0);
  return (
    <Scroll label={TAB_LABELS.headers}>
      <div className={panels.search}>
        <Input
          type="search"
          value={search}
          placeholder={inspectorText.filterHeaders}
          aria-label={inspectorText.filterHeaders}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {none && wanted !== '' ? <p className={panels.hint}>{inspectorText.noHeaderMatches}</p> : null}
      {groups
        .filter(({ shown }) => wanted === '' || shown.length > 0)
        .map(({ group, shown }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two informational responses may have the same title
          <Group key={i} group={group} shown={shown} wanted={wanted} />
        ))}
      {extensions
        .filter(({ lines }) => lines.length > 0)
        .map(({ title, lines }) => (
          <Section key={title} title={title} count={lines.length}>
            {lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: extensions have no identity but their place
              <p key={i} className={panels.startLine}>
                <Visible text={textOfByteString(line)} />
              </p>
            ))}
          </Section>
        ))}
    </Scroll>
  );
}
