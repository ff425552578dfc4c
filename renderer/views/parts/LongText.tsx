/** Captured text that may be very long: its beginning, and the rest when asked for, so that one value never pushes the others out of sight. */
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { viewsText } from '../text.ts';
import styles from './LongText.module.css';
import { Visible } from './Visible.tsx';

/** Characters above which a text is cut, and to which: cutting off a few would hide more than it saves. */
const LONG = 800;
const SHOWN = 500;

export function LongText({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  if (text.length <= LONG) return <Visible text={text} />;
  return (
    <>
      <Visible text={all ? text : `${text.slice(0, SHOWN)}…`} />
      <Button
        size="small"
        variant="ghost"
        className={styles.more}
        aria-expanded={all}
        onClick={() => setAll(!all)}
      >
        {all ? viewsText.showLess : viewsText.showAll(text.length)}
      </Button>
    </>
  );
}
