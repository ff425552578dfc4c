/** Says over every view that something is paused: a client is waiting. */
import { runAction } from '../../actions/run.ts';
import { useApp } from '../../app.ts';
import { useBreaks } from '../../state/breaks.ts';
import { useView } from '../../state/view.ts';
import { breaksText } from '../../text/rules.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../views/parts/Notice.tsx';

export function BreakNotice() {
  const app = useApp();
  const count = useBreaks((state) => state.paused.length);
  const shown = useView((state) => state.view === 'rules');
  if (count === 0 || shown) return null;
  return (
    <Notice
      tone="warn"
      actions={
        <>
          <Button size="small" onClick={() => useView.getState().show('rules')}>
            {breaksText.show}
          </Button>
          <Button size="small" onClick={() => void runAction(app, app.actions.get('breaks.goOnAll'))}>
            {breaksText.goOnAll}
          </Button>
        </>
      }
    >
      {breaksText.paused(count)}
    </Notice>
  );
}
