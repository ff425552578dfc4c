/** A request byte for byte: what is written is what is sent, malformed or not. */
import { useComposer } from '../../state/composer.ts';
import { CodeView } from '../../views/code/CodeView.tsx';
import { Notice } from '../../views/parts/Notice.tsx';
import styles from './Composer.module.css';
import type { Draft } from './draft.ts';
import { composerText } from './text.ts';

export function RawEditor({ draft }: { readonly draft: Draft }) {
  const edit = useComposer((state) => state.edit);
  return (
    <div className={styles.body}>
      <Notice>{composerText.rawHelp}</Notice>
      <CodeView
        text={draft.raw ?? ''}
        language="plaintext"
        label={composerText.rawLabel}
        wrap
        onChange={(raw) => edit(draft.key, { raw })}
      />
    </div>
  );
}
