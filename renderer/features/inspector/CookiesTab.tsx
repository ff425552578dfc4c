/** Cookies that went each way, with the attributes of those that were set. */
import type { Session } from '#model/session.ts';
import { formatDuration } from '../../text/format.ts';
import { Badge } from '../../ui/Badge.tsx';
import { textOfByteString } from '../../views/content/display-text.ts';
import { PairTable } from '../../views/parts/PairTable.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { valueMenu } from '../sessions/value-menu.ts';
import { type SetCookie, sentCookies, setCookies } from './cookies.ts';
import { inspectorText, TAB_LABELS } from './text.ts';

function lifetime({ removes, maxAge, expires }: SetCookie): string {
  if (removes) return inspectorText.removesCookie;
  if (maxAge !== undefined) return inspectorText.maxAge(formatDuration(maxAge * 1000));
  return expires === undefined ? inspectorText.sessionCookie : inspectorText.until(expires);
}

function Attributes({ cookie }: { readonly cookie: SetCookie }) {
  const flags = [
    cookie.secure && 'Secure',
    cookie.httpOnly && 'HttpOnly',
    cookie.sameSite !== undefined && `SameSite=${cookie.sameSite}`,
    cookie.partitioned && 'Partitioned',
    cookie.domain !== undefined && `Domain=${cookie.domain}`,
    cookie.path !== undefined && `Path=${cookie.path}`,
  ];
  return (
    <>
      {flags
        .filter((flag) => flag !== false)
        .map((flag) => (
          <Badge key={flag}>{flag}</Badge>
        ))}
      <Badge tone={cookie.removes ? 'warn' : 'neutral'}>{lifetime(cookie)}</Badge>
    </>
  );
}

export function CookiesTab({ session }: { readonly session: Session }) {
  const sent = sentCookies(session.request.head.headers);
  const set = setCookies(session.response?.head.headers ?? [], session.row.startedAt);
  return (
    <Scroll label={TAB_LABELS.cookies}>
      {sent.length > 0 ? (
        <Section title={inspectorText.sentCookies} count={sent.length}>
          <PairTable
            label={inspectorText.sentCookies}
            pairs={sent.map(({ name, value }) => ({
              name: textOfByteString(name),
              value: textOfByteString(value),
            }))}
            copyLabel={inspectorText.copyValue}
            menuOf={valueMenu('cookie')}
          />
        </Section>
      ) : null}
      {set.length > 0 ? (
        <Section title={inspectorText.setCookies} count={set.length}>
          <PairTable
            label={inspectorText.setCookies}
            pairs={set.map((cookie) => ({
              name: textOfByteString(cookie.name),
              value: textOfByteString(cookie.value),
              detail: <Attributes cookie={cookie} />,
            }))}
            copyLabel={inspectorText.copyValue}
            menuOf={valueMenu('cookie')}
          />
        </Section>
      ) : null}
    </Scroll>
  );
}
