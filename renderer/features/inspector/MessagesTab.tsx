/** The messages of a WebSocket or the events of an event stream: a list that is read as it is scrolled, and the one selected in full below. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Message, Session } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { useInspector } from '../../state/inspector.ts';
import { formatClock, formatSize } from '../../text/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { MessageDetail } from './MessageDetail.tsx';
import styles from './MessagesTab.module.css';
import { isPlainMessage, messagePreview, messageSummary } from './message-text.ts';
import { inspectorText } from './text.ts';

const ROW_HEIGHT = 26;
const PAGE = 200;

/** Message `index` if it has been read; asking for one that has not reads its page. */
function useMessages(session: Session) {
  const { rpc } = useApp();
  const { id } = session.row;
  const pages = useRef(new Map<number, { readonly messages: readonly Message[]; asked: boolean }>());
  const [, redraw] = useState(0);
  return useCallback(
    (index: number): Message | undefined => {
      const page = Math.floor(index / PAGE);
      const have = pages.current.get(page);
      const message = have?.messages[index % PAGE];
      if (message || have?.asked) return message;
      pages.current.set(page, { messages: have?.messages ?? [], asked: true });
      rpc.call('sessions.messages', { id, from: page * PAGE, limit: PAGE }).then(
        ({ messages }) => {
          pages.current.set(page, { messages, asked: false });
          redraw((n) => n + 1);
        },
        // Asked again when it next comes into sight.
        () => pages.current.set(page, { messages: have?.messages ?? [], asked: false }),
      );
      return undefined;
    },
    [rpc, id],
  );
}

export function MessagesTab({ session }: { readonly session: Session }) {
  const { messageCount } = session;
  const message = useMessages(session);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useInspector((state) => state.shown);
  const asked = shown?.sessionId === session.row.id && shown.evidence.part === 'message' ? shown : undefined;
  const [chosenAt, setChosenAt] = useState({ stamp: -1, index: 0 });
  // Being asked to show evidence turns to its message once; the user may turn away again.
  const selected = asked && chosenAt.stamp !== asked.stamp ? (asked.evidence.message ?? 0) : chosenAt.index;
  const setSelected = (index: number) => setChosenAt({ stamp: asked?.stamp ?? -1, index });
  const virtual = useVirtualizer({
    count: messageCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  useEffect(() => {
    if (selected > 0) virtual.scrollToIndex(selected);
  }, [selected, virtual]);
  if (messageCount === 0)
    return <EmptyState title={inspectorText.noMessages}>{inspectorText.noMessagesText}</EmptyState>;
  const move = (by: number) => setSelected(Math.min(messageCount - 1, Math.max(0, selected + by)));
  const chosen = message(selected);
  return (
    <SplitPane
      id="inspector-messages"
      direction="vertical"
      secondSize="45%"
      minFirst={80}
      minSecond={80}
      first={
        <div
          ref={scroller}
          role="listbox"
          tabIndex={0}
          aria-label={inspectorText.messagesLabel}
          aria-activedescendant={`message-${selected}`}
          className={styles.list}
          onKeyDown={(event) => {
            const by = {
              ArrowDown: 1,
              ArrowUp: -1,
              PageDown: 12,
              PageUp: -12,
              Home: -messageCount,
              End: messageCount,
            }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            move(by);
          }}
        >
          <div style={{ position: 'relative', height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => (
              <Row
                key={index}
                index={index}
                message={message(index)}
                selected={index === selected}
                top={start}
                onSelect={setSelected}
              />
            ))}
          </div>
        </div>
      }
      second={
        chosen ? (
          <MessageDetail message={chosen} shown={asked?.evidence} />
        ) : (
          <EmptyState title={inspectorText.loading} />
        )
      }
    />
  );
}

interface RowProps {
  readonly index: number;
  readonly message: Message | undefined;
  readonly selected: boolean;
  readonly top: number;
  readonly onSelect: (index: number) => void;
}

function Row({ index, message, selected, top, onSelect }: RowProps) {
  const sent = message?.direction === 'sent';
  const Arrow = sent ? ArrowUp : ArrowDown;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box moves its selection by the arrow keys
    <div
      id={`message-${index}`}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={cx(styles.row, selected && styles.selected)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(index)}
    >
      {message ? (
        <>
          <span className={sent ? styles.sent : styles.received}>
            <Arrow size={13} aria-hidden="true" />
            <span className="visually-hidden">{sent ? inspectorText.sent : inspectorText.received}</span>
          </span>
          <span className={styles.preview}>
            {isPlainMessage(message) ? null : (
              <span className={styles.kind}>
                <Visible text={messageSummary(message)} />{' '}
              </span>
            )}
            <Visible text={messagePreview(message)} />
          </span>
          {message.flaw === undefined ? null : <Badge tone="warn">{inspectorText.flawed}</Badge>}
          <span className={styles.number}>{formatSize(message.data.length)}</span>
          <span className={styles.number}>{formatClock(message.at)}</span>
        </>
      ) : null}
    </div>
  );
}
