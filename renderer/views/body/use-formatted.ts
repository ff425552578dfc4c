/** A text laid out by the formatting worker; the answer belongs to exactly this text and language. */
import { useEffect, useState } from 'react';
import { formatInWorker } from '../format/client.ts';
import type { FormatLanguage } from '../format/format.ts';
import type { FormatAnswer } from '../format/protocol.ts';

interface Held {
  readonly language: FormatLanguage;
  readonly source: string;
  readonly answer: FormatAnswer;
}

/** Undefined while it is being made, and when `language` is (nothing is formatted then). */
export function useFormatted(language: FormatLanguage | undefined, source: string): FormatAnswer | undefined {
  const [held, setHeld] = useState<Held | undefined>(undefined);
  useEffect(() => {
    if (language === undefined) return;
    const stop = new AbortController();
    void formatInWorker(language, source, stop.signal).then((answer) => {
      if (!stop.signal.aborted) setHeld({ language, source, answer });
    });
    return () => stop.abort();
  }, [language, source]);
  return held !== undefined && held.language === language && held.source === source ? held.answer : undefined;
}
