/** One side's body, with what was found in it above and marked in place. */
import { useMemo } from 'react';
import type { BodySide } from '#model/session.ts';
import { useInspector } from '../../state/inspector.ts';
import { failureWords } from '../../text/session-words.ts';
import { BodyView } from '../../views/body/BodyView.tsx';
import { evidenceMarks } from './evidence-marks.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { FindingStrip } from './FindingStrip.tsx';
import { NoResponse } from './NoResponse.tsx';
import type { TabProps } from './TabPanel.tsx';

export function BodyTab({ session, findings, side }: TabProps & { readonly side: BodySide }) {
  const part = side === 'request' ? ('request-body' as const) : ('response-body' as const);
  const shown = useInspector((state) => state.shown);
  const here =
    shown?.sessionId === session.row.id && shown.evidence.part === part ? shown.evidence : undefined;
  const marks = useMemo(() => evidenceMarks(findings, part, here), [findings, part, here]);
  const found = findings.filter((finding) => finding.evidence.some((evidence) => evidence.part === part));
  const { failure } = session;
  if (side === 'response' && !session.response) return <NoResponse session={session} />;
  return (
    <>
      <FindingStrip findings={found} />
      {failure && side === 'response' ? (
        <FailurePanel title={failureWords[failure.code]} detail={failure.detail} />
      ) : null}
      <BodyView session={session} side={side} marks={marks} />
    </>
  );
}
