/** Both secure connections: the one the client made to us and the one we made to the server, with the server's certificates. */
import type { CertificateFacts, Session, TlsFacts } from '#model/session.ts';
import { formatDate } from '../../text/format.ts';
import { Facts } from '../../views/parts/Facts.tsx';
import { Fingerprint } from '../../views/parts/Fingerprint.tsx';
import { Scroll } from '../../views/parts/Scroll.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { certificateRole } from './certificate-role.ts';
import panels from './panels.module.css';
import { inspectorText, TAB_LABELS, tlsWord } from './text.ts';

/** The system's own wording when it is no date we can read. */
function dateText(text: string): string {
  const at = Date.parse(text);
  return Number.isNaN(at) ? text : formatDate(at);
}

function Side({ title, tls }: { readonly title: string; readonly tls: TlsFacts | undefined }) {
  return (
    <Section title={title}>
      {tls ? (
        <Facts
          facts={[
            [inspectorText.version, tlsWord(tls.version ?? '')],
            [inspectorText.cipher, tls.cipher],
            [inspectorText.alpn, tls.alpn],
            [inspectorText.sni, tls.sni],
          ]}
        />
      ) : (
        <p className={panels.hint}>{inspectorText.noTls}</p>
      )}
    </Section>
  );
}

function Certificate({
  certificate,
  role,
}: {
  readonly certificate: CertificateFacts;
  readonly role: string;
}) {
  return (
    <div className={panels.card}>
      <p className={panels.cardTitle}>{role}</p>
      <Facts
        facts={[
          [inspectorText.name, certificate.subject],
          [inspectorText.issuer, certificate.issuer],
          [
            inspectorText.valid,
            inspectorText.validRange(dateText(certificate.validFrom), dateText(certificate.validTo)),
          ],
          [inspectorText.altNames, certificate.altNames],
          [
            inspectorText.fingerprint,
            <Fingerprint key="fingerprint" value={certificate.fingerprint256} className={panels.mono} />,
          ],
        ]}
      />
    </div>
  );
}

export function TlsTab({ session }: { readonly session: Session }) {
  const { clientTls, serverTls } = session.facts;
  const chain = serverTls?.chain ?? [];
  return (
    <Scroll label={TAB_LABELS.tls}>
      <Side title={inspectorText.clientSide} tls={clientTls} />
      <Side title={inspectorText.serverSide} tls={serverTls} />
      {chain.length > 0 ? (
        <Section title={inspectorText.certificates} count={chain.length}>
          {chain.map((certificate, i) => (
            <Certificate
              key={certificate.fingerprint256}
              certificate={certificate}
              role={inspectorText.certificateRole[certificateRole(chain, i)]}
            />
          ))}
        </Section>
      ) : null}
    </Scroll>
  );
}
