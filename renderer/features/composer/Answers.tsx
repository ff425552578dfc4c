/** The answer of the last sending, beside that of the session it was opened from, with what differs between them. */
import { Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Session } from '#model/session.ts';
import { useStream } from '../../rpc/use-rpc.ts';
import { useComposer } from '../../state/composer.ts';
import { formatDuration, formatSize } from '../../text/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { textOfByteString } from '../../views/content/display-text.ts';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { useNarrow } from '../../views/parts/use-narrow.ts';
import { BodyTab } from '../inspector/BodyTab.tsx';
import { HeadersTab } from '../inspector/HeadersTab.tsx';
import { SessionLink } from '../inspector/SessionLink.tsx';
import { TimingTab } from '../inspector/TimingTab.tsx';
import styles from './Composer.module.css';
import { compareAnswers } from './compare.ts';
import type { Draft } from './draft.ts';
import { composerText } from './text.ts';

const useSession = (id: number | undefined) =>
  useStream('sessions.get', id === undefined ? undefined : { id }).data;

export function Answers({ draft }: { readonly draft: Draft }) {
  const sending = useComposer((state) => state.sending.has(draft.key));
  const narrow = useNarrow();
  const parentId = draft.parentId === draft.sentId ? undefined : draft.parentId;
  const original = useSession(parentId);
  const answer = useSession(draft.sentId);
  const root = useRef<HTMLDivElement>(null);
  // In a narrow window the answer is below the fold: sending brings it into sight.
  useEffect(() => {
    if (sending && narrow) root.current?.scrollIntoView({ block: 'start' });
  }, [sending, narrow]);
  const left = answer ? (
    <Answer title={composerText.answer} session={answer} compared={original} />
  ) : sending || draft.sentId !== undefined ? (
    <div className={styles.waiting}>
      <Spinner label={composerText.waiting} />
    </div>
  ) : (
    <EmptyState icon={<Send size={20} />} title={composerText.notSentTitle}>
      {parentId === undefined ? composerText.notSentAlone : composerText.notSent}
    </EmptyState>
  );
  return (
    <div ref={root} className={styles.answers}>
      {original ? (
        <SplitPane
          id={narrow ? 'composer-answers-narrow' : 'composer-answers'}
          direction={narrow ? 'vertical' : 'horizontal'}
          secondSize="50%"
          minFirst={narrow ? 120 : 260}
          minSecond={narrow ? 120 : 260}
          first={left}
          second={<Answer title={composerText.original} session={original} />}
        />
      ) : (
        left
      )}
    </div>
  );
}

type Part = 'body' | 'headers' | 'timing';

interface AnswerProps {
  readonly title: string;
  readonly session: Session;
  readonly compared?: Session | undefined;
}

const NO_FINDINGS: never[] = [];

function Answer({ title, session, compared }: AnswerProps) {
  const { row, response } = session;
  const [part, setPart] = useState<Part>('body');
  const changes = compared ? compareAnswers(session, compared) : [];
  return (
    <section className={styles.answer} aria-label={title}>
      <header className={styles.answerHead}>
        <div className={styles.answerTop}>
          <h2 className={styles.answerTitle}>{title}</h2>
          <Segmented
            label={composerText.part}
            value={part}
            options={[
              { value: 'body', label: composerText.body },
              { value: 'headers', label: composerText.headers },
              { value: 'timing', label: composerText.timing },
            ]}
            onChange={setPart}
          />
        </div>
        <div className={styles.answerFacts}>
          <StatusLabel row={row} reason={textOfByteString(response?.head.reason ?? '')} />
          {response ? <span>{formatSize(row.responseBodySize)}</span> : null}
          <span>{formatDuration(row.durationMs)}</span>
          {changes.map(({ text, notable }) => (
            <span key={text} className={notable ? styles.notable : styles.change}>
              {text}
            </span>
          ))}
          {session.facts.passedInvalid === undefined ? null : (
            <span className={styles.notable}>{composerText.malformed(session.facts.passedInvalid)}</span>
          )}
          <SessionLink id={row.id}>#{row.id}</SessionLink>
        </div>
      </header>
      {part === 'headers' ? (
        <HeadersTab session={session} />
      ) : part === 'timing' ? (
        <TimingTab session={session} />
      ) : (
        <BodyTab session={session} findings={NO_FINDINGS} side="response" />
      )}
    </section>
  );
}
