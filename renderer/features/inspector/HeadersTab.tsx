/** Header fields of both messages as they stood on the wire: order, case and duplicates kept. */
import { useState } from 'react';
import type { Headers } from '#model/headers.ts';
import type { Session } from '#model/session.ts';
import { Input } from '../../ui/Field.tsx';
import { textOfByteString } from '../../views/content/display-text.ts';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { PairTable } from '../../views/parts/PairTable.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import panels from './panels.module.css';
import { inspectorText, TAB_LABELS } from './text.ts';

interface Group {
  readonly title: string;
  readonly line?: string;
  readonly headers: Headers;
}

function groupsOf({ request, response, informational }: Session): Group[] {
  const trailers = (title: string, headers: Headers): Group[] =>
    headers.length > 0 ? [{ title, headers }] : [];
  const { method, target, httpVersion, headers } = request.head;
  return [
    { title: inspectorText.requestHeaders, line: `${method} ${target} ${httpVersion}`, headers },
    ...trailers(inspectorText.requestTrailers, request.trailers),
    ...informational.map((head) => ({
      title: inspectorText.informational(head.status),
      headers: head.headers,
    })),
    ...(response
      ? [
          {
            title: inspectorText.responseHeaders,
            line: `${response.head.httpVersion} ${response.head.status} ${response.head.reason}`,
            headers: response.head.headers,
          },
          ...trailers(inspectorText.responseTrailers, response.trailers),
        ]
      : []),
  ];
}

export function HeadersTab({ session }: { readonly session: Session }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const groups = groupsOf(session).map((group) => ({
    ...group,
    pairs: group.headers
      .map(([name, value]) => ({ name: textOfByteString(name), value: textOfByteString(value) }))
      .filter(({ name, value }) => `${name}: ${value}`.toLowerCase().includes(wanted)),
  }));
  const none = wanted !== '' && groups.every((group) => group.pairs.length === 0);
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
      {none ? <p className={panels.hint}>{inspectorText.noHeaderMatches}</p> : null}
      {groups
        .filter((group) => wanted === '' || group.pairs.length > 0)
        .map(({ title, line, headers, pairs }, i) => (
          <Section
            // biome-ignore lint/suspicious/noArrayIndexKey: two informational responses may have the same title
            key={i}
            title={title}
            count={pairs.length}
            actions={
              <CopyButton
                label={inspectorText.copyHeaders}
                text={() =>
                  headers
                    .map(([name, value]) => `${textOfByteString(name)}: ${textOfByteString(value)}`)
                    .join('\n')
                }
              />
            }
          >
            {line && wanted === '' ? (
              <p className={panels.startLine}>
                <Visible text={textOfByteString(line)} />
              </p>
            ) : null}
            <PairTable label={title} pairs={pairs} copyLabel={inspectorText.copyValue} />
          </Section>
        ))}
    </Scroll>
  );
}
