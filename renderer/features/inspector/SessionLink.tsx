/** A session named in text; opens it in the Sessions view. */
import type { ReactNode } from 'react';
import { toSluiceError } from '#model/errors.ts';
import type { SessionId } from '#model/session.ts';
import { useApp } from '../../app.ts';
import { cx } from '../../ui/cx.ts';
import { toast } from '../../ui/toast.ts';
import { openSession } from './open-session.ts';
import panels from './panels.module.css';

export interface SessionLinkProps {
  readonly id: SessionId;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function SessionLink({ id, className, children }: SessionLinkProps) {
  const { rpc } = useApp();
  return (
    <button
      type="button"
      className={cx(className ?? panels.link)}
      onClick={() => {
        openSession(rpc, id).catch((cause: unknown) => toast(toSluiceError(cause).message, { tone: 'err' }));
      }}
    >
      {children}
    </button>
  );
}
