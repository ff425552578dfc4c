/** Writing requests: any session can be opened here, changed, sent again, and its answer compared with the original one. */
import { lazy, Suspense, useEffect } from 'react';
import { useComposer } from '../../state/composer.ts';
import { useView } from '../../state/view.ts';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { Answers } from './Answers.tsx';
import styles from './Composer.module.css';
import { ComposerSidebar } from './ComposerSidebar.tsx';
import { RequestEditor } from './RequestEditor.tsx';
import { composerText } from './text.ts';
import { useOpenSession } from './use-open-session.ts';

const ImportRequests = lazy(() =>
  import('./import/ImportRequests.tsx').then((m) => ({ default: m.ImportRequests })),
);

export function Composer() {
  const seed = useView((state) => state.composerSeed);
  const { drafts, active, seedStamp, takeSeed, importing } = useComposer();
  const openSession = useOpenSession();
  useEffect(() => {
    if (!seed || seed.stamp === seedStamp) return;
    takeSeed(seed.stamp);
    openSession(seed.id);
  }, [seed, seedStamp, takeSeed, openSession]);
  const draft = drafts.find((one) => one.key === active) ?? drafts[0];
  if (!draft) return null;
  return (
    <section className={styles.root} aria-label={composerText.composer}>
      <h1 className="visually-hidden">{composerText.composer}</h1>
      <ComposerSidebar />
      <div className={styles.main}>
        <SplitPane
          id="composer"
          direction="vertical"
          secondSize="55%"
          minFirst={160}
          minSecond={120}
          first={<RequestEditor key={draft.key} draft={draft} />}
          second={<Answers draft={draft} />}
        />
      </div>
      {importing ? (
        <Suspense fallback={null}>
          <ImportRequests />
        </Suspense>
      ) : null}
    </section>
  );
}
