/** What rules did to a session, part by part, before and after. */
import type { RuleTouch } from '#model/rules/touch.ts';
import { useView } from '../../state/view.ts';
import { rulesText } from '../../text/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../views/parts/Section.tsx';
import { Visible } from '../../views/parts/Visible.tsx';
import styles from './RuleTouches.module.css';

export function RuleTouches({ touches }: { readonly touches: readonly RuleTouch[] }) {
  if (touches.length === 0) return null;
  return (
    <Section title={rulesText.didTitle} count={touches.length}>
      <ol className={styles.touches}>
        {touches.map(({ rule, action, changes, problem }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they only ever grow at the end
          <li key={index} className={styles.touch}>
            <Button size="small" variant="ghost" onClick={() => useView.getState().showRule(rule)}>
              {rule}
            </Button>
            <span>{action}</span>
            {problem === undefined ? null : <p className={styles.problem}>{rulesText.didFail(problem)}</p>}
            {changes.map(({ part, before, after }) => (
              <p key={part} className={styles.change}>
                <span className={styles.part}>{part}</span>
                {before === undefined ? null : (
                  <del>
                    <Visible text={before} />
                  </del>
                )}
                {after === undefined ? null : (
                  <ins>
                    <Visible text={after} />
                  </ins>
                )}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}
