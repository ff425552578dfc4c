/** What own columns and body views of scripts say of a session. Nothing where no script says anything. */
import type { SessionId } from '#model/session.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { rulesText } from '../../text/rules.ts';
import { Facts } from '../../views/parts/Facts.tsx';
import { LongText } from '../../views/parts/LongText.tsx';
import { Section } from '../../views/parts/Section.tsx';

export function ScriptValues({ id }: { readonly id: SessionId }) {
  const { data } = useCall('scripts.values', { id });
  if (data === undefined || data.values.length === 0) return null;
  return (
    <Section title={rulesText.scripts} count={data.values.length}>
      <Facts
        facts={data.values.map(({ script, name, side, text }) => [
          side === undefined ? name : `${name} (${side})`,
          <LongText key={`${script} ${name} ${side}`} text={text} />,
        ])}
      />
    </Section>
  );
}
