/** Copies a text and says so in its own place, for as long as one reads it. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { commonText } from '../../text/common.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { toast } from '../../ui/toast.ts';

const SHOWN_MS = 1600;

export interface CopyButtonProps {
  readonly label: string;
  /** Called when pressed, so that nothing is prepared in vain. */
  readonly text: () => string | Promise<string>;
}

export function CopyButton({ label, text }: CopyButtonProps) {
  const { platform } = useApp();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await platform.copyText(await text());
      setCopied(true);
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
    }
  };
  return (
    <>
      <IconButton label={label} size="small" onClick={() => void copy()}>
        {copied ? <Check size={14} /> : <Copy size={14} />}
      </IconButton>
      <span role="status" className="visually-hidden">
        {copied ? commonText.copied : ''}
      </span>
    </>
  );
}
