/** Which component shows which tab. A tab that fails says so and leaves the others alone. */
import type { Finding } from '#model/finding.ts';
import type { Session } from '#model/session.ts';
import type { InspectorTab } from '../../state/inspector.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ViewBoundary } from '../../views/parts/ViewBoundary.tsx';
import { AuthTab } from './auth/AuthTab.tsx';
import { BodyTab } from './BodyTab.tsx';
import { CookiesTab } from './CookiesTab.tsx';
import { FindingsTab } from './FindingsTab.tsx';
import { HeadersTab } from './HeadersTab.tsx';
import { HexTab } from './HexTab.tsx';
import { MessagesTab } from './MessagesTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { QueryTab } from './QueryTab.tsx';
import { RawTab } from './RawTab.tsx';
import { TimingTab } from './TimingTab.tsx';
import { TlsTab } from './TlsTab.tsx';
import { inspectorText } from './text.ts';

export interface TabProps {
  readonly session: Session;
  readonly findings: readonly Finding[];
}

function Panel({ tab, ...props }: TabProps & { readonly tab: InspectorTab }) {
  switch (tab) {
    case 'overview':
      return <OverviewTab {...props} />;
    case 'headers':
      return <HeadersTab session={props.session} />;
    case 'request':
    case 'response':
      return <BodyTab {...props} side={tab} />;
    case 'messages':
      return <MessagesTab session={props.session} />;
    case 'findings':
      return <FindingsTab {...props} />;
    case 'cookies':
      return <CookiesTab session={props.session} />;
    case 'query':
      return <QueryTab session={props.session} />;
    case 'auth':
      return <AuthTab session={props.session} />;
    case 'timing':
      return <TimingTab session={props.session} />;
    case 'tls':
      return <TlsTab session={props.session} />;
    case 'raw':
      return <RawTab {...props} />;
    case 'hex':
      return <HexTab session={props.session} />;
  }
}

export function TabPanel(props: TabProps & { readonly tab: InspectorTab }) {
  return (
    <ViewBoundary
      resetKey={`${props.session.row.id} ${props.tab}`}
      fallback={<EmptyState title={inspectorText.tabFailed}>{inspectorText.tabFailedText}</EmptyState>}
    >
      <Panel {...props} />
    </ViewBoundary>
  );
}
