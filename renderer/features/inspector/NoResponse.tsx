/** What stands where a response would: why there is none, or that it has not come yet. */
import { Hourglass, Unplug } from 'lucide-react';
import type { Session } from '#model/session.ts';
import { failureWords } from '../../text/session-words.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import { inspectorText } from './text.ts';

export function NoResponse({ session }: { readonly session: Session }) {
  const { failure, row } = session;
  if (row.state === 'active')
    return (
      <EmptyState icon={<Hourglass size={20} />} title={inspectorText.noResponse}>
        {inspectorText.noResponseText}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<Unplug size={20} />}
      title={failure ? failureWords[failure.code] : inspectorText.noResponseAtAll}
    >
      {failure ? <Visible text={failure.detail} /> : inspectorText.noResponseAtAllText}
    </EmptyState>
  );
}
