/** What an export would give away, asked of the host again whenever the selection or the patterns change. */
import { useEffect, useState } from 'react';
import type { ExportPreview, ExportSelection } from '#model/contract/contract.ts';
import { useApp } from '../../app.ts';

export interface PreviewState {
  readonly preview: ExportPreview | undefined;
  /** Why there is none. */
  readonly problem: string | undefined;
}

const NOTHING: PreviewState = { preview: undefined, problem: undefined };

export function useExportPreview(what: ExportSelection, patterns: readonly string[]): PreviewState {
  const { rpc } = useApp();
  const [state, setState] = useState(NOTHING);
  useEffect(() => {
    setState(NOTHING);
    return rpc.watch(
      'exports.preview',
      { ...what, redaction: { patterns: [...patterns] } },
      {
        item: (preview) => setState({ preview, problem: undefined }),
        error: (error) => setState({ preview: undefined, problem: error.message }),
      },
    );
  }, [rpc, what, patterns]);
  return state;
}
