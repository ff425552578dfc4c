/** Why the user's traffic failed and what to do about it. */
import { TriangleAlert } from 'lucide-react';
import { Visible } from '../../views/parts/Visible.tsx';
import panels from './panels.module.css';

export function FailurePanel({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <div className={panels.failure} role="note">
      <TriangleAlert size={16} aria-hidden="true" />
      <div>
        <p className={panels.failureTitle}>{title}</p>
        <p>
          <Visible text={detail} />
        </p>
      </div>
    </div>
  );
}
