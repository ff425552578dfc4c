/** The session at a glance: what failed and what to do, the exchange, the connection, notes. */
import type { Session } from '#model/session.ts';
import { formatDuration, formatMoment, formatSize } from '../../text/format.ts';
import { failureWords } from '../../text/session-words.ts';
import { statusText } from '../../text/status.ts';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { textOfByteString } from '../../views/content/display-text.ts';
import { Facts } from '../../views/parts/Facts.tsx';
import { LongText } from '../../views/parts/LongText.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { Section } from '../../views/parts/Section.tsx';
import {
  clientConnectionWords,
  processWords,
  serverConnectionWords,
  versionWord,
} from './connection-words.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { FindingStrip } from './FindingStrip.tsx';
import { RuleTouches } from './RuleTouches.tsx';
import { SessionLink } from './SessionLink.tsx';
import type { TabProps } from './TabPanel.tsx';
import { inspectorText, SOURCE_WORDS, TAB_LABELS, tlsWord } from './text.ts';

const words = inspectorText.overview;

export function OverviewTab({ session, findings }: TabProps) {
  const { row, response, facts, failure } = session;
  const { clientTls, serverTls } = facts;
  return (
    <Scroll label={TAB_LABELS.overview}>
      {failure ? <FailurePanel title={failureWords[failure.code]} detail={failure.detail} /> : null}
      <FindingStrip findings={findings} />
      <RuleTouches touches={session.touches ?? []} />
      <Section title={words.exchange}>
        <Facts
          facts={[
            [words.url, <LongText key="url" text={row.url} />],
            [
              words.status,
              <StatusLabel key="status" row={row} reason={textOfByteString(response?.head.reason ?? '')} />,
            ],
            [words.state, statusText[row.state]],
            [words.protocol, versionWord(row.httpVersion)],
            [words.protocolServer, versionWord(facts.serverHttpVersion ?? '')],
            [words.type, row.mime],
            [words.requestBody, bodySize(session, 'request')],
            [words.responseBody, bodySize(session, 'response')],
            [words.started, formatMoment(row.startedAt)],
            [words.duration, row.state === 'active' ? inspectorText.running : formatDuration(row.durationMs)],
            [words.source, SOURCE_WORDS[row.source]],
            [
              words.parent,
              row.parentId === undefined ? undefined : (
                <SessionLink key="parent" id={row.parentId}>
                  {words.session(row.parentId)}
                </SessionLink>
              ),
            ],
          ]}
        />
      </Section>
      <Section title={words.connection}>
        <Facts
          facts={[
            [words.client, facts.clientAddress],
            [words.process, facts.process && processWords(facts.process, facts.processId)],
            [words.server, facts.serverAddress ?? `${row.host}:${row.port}`],
            [words.upstreamProxy, facts.upstreamProxy],
            [words.clientConnection, clientConnectionWords(facts)],
            [words.connectionId, serverConnectionWords(facts)],
            [words.passedInvalid, facts.passedInvalid],
            [
              words.tls,
              [
                tlsWord(serverTls?.version ?? clientTls?.version ?? ''),
                serverTls?.cipher ?? clientTls?.cipher,
              ]
                .filter(Boolean)
                .join(', '),
            ],
          ]}
        />
      </Section>
      {row.comment || row.mark > 0 ? (
        <Section title={words.notes}>
          <Facts
            facts={[
              [words.mark, row.mark > 0 ? String(row.mark) : undefined],
              [words.comment, row.comment],
            ]}
          />
        </Section>
      ) : null}
    </Scroll>
  );
}

function bodySize(session: Session, side: 'request' | 'response'): string | undefined {
  const part = side === 'request' ? session.request : session.response;
  if (!part) return undefined;
  return part.body.size === 0 ? words.none : formatSize(part.body.size);
}
