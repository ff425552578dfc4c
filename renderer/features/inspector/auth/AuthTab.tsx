/** Who the client says it is, and how: schemes, keys and tokens of a session, decoded. */
import type { Session } from '#model/session.ts';
import { Badge } from '../../../ui/Badge.tsx';
import { textOfByteString } from '../../../views/content/display-text.ts';
import { PairTable } from '../../../views/parts/PairTable.tsx';
import { Scroll } from '../../../views/parts/Scroll.tsx';
import { Section } from '../../../views/parts/Section.tsx';
import { TAB_LABELS } from '../text.ts';
import { credentialsOf } from './credentials.ts';
import { JwtPanel } from './JwtPanel.tsx';
import { authText } from './text.ts';

export function AuthTab({ session }: { readonly session: Session }) {
  return (
    <Scroll label={TAB_LABELS.auth}>
      {credentialsOf(session).map(({ place, scheme, fields, tokens }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same place may carry several
        <Section key={i} title={textOfByteString(place)} actions={<Badge>{textOfByteString(scheme)}</Badge>}>
          {fields.length > 0 ? (
            <PairTable
              label={place}
              pairs={fields.map(([name, value]) => ({ name, value: textOfByteString(value) }))}
              copyLabel={authText.copyClaim}
            />
          ) : null}
          {tokens.map((jwt) => (
            <JwtPanel key={jwt.token} jwt={jwt} sentAt={session.row.startedAt} />
          ))}
        </Section>
      ))}
    </Scroll>
  );
}
