/** The whole window takes a dropped file; while one is dragged over it, it says so. */
import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fileText } from '../../text/files.ts';
import { transferText } from '../../text/sessions.ts';
import { toast } from '../../ui/toast.ts';
import styles from './DropZone.module.css';
import { importFile } from './import-file.ts';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Each element entered and left says so; inside the window every leave follows an enter.
    let depth = 0;
    const onEnter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const onLeave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      const [file] = files;
      if (files.length > 1) toast(transferText.oneFile, { tone: 'err' });
      else if (file) void importFile(file);
    };
    const listeners = { dragenter: onEnter, dragover: onOver, dragleave: onLeave, drop: onDrop } as const;
    const names = Object.keys(listeners) as (keyof typeof listeners)[];
    for (const name of names) window.addEventListener(name, listeners[name]);
    return () => {
      for (const name of names) window.removeEventListener(name, listeners[name]);
    };
  }, []);
  return over ? (
    <div className={styles.zone} aria-hidden="true">
      <div className={styles.card}>
        <FileUp size={22} />
        {fileText.drop}
      </div>
    </div>
  ) : null;
}
