/** A whole body as a tree; when it is not of the structure it claims, says why and shows what it is given instead. Loaded on demand. */
import { type ReactNode, useMemo } from 'react';
import { Notice } from '../parts/Notice.tsx';
import { decodeTree } from './decode.ts';
import type { Structure } from './structures.ts';
import { TreeView } from './TreeView.tsx';
import { treeText } from './text.ts';

export interface TreeBodyProps {
  readonly structure: Structure;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  readonly fallback: ReactNode;
}

export function TreeBody({ structure, bytes, contentType, fallback }: TreeBodyProps) {
  const tree = useMemo(() => {
    try {
      return { root: decodeTree(structure.id, bytes, contentType) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }, [structure, bytes, contentType]);
  if (tree.root === undefined) {
    return (
      <>
        <Notice tone="warn">{treeText.failed(structure.label, tree.problem)}</Notice>
        {fallback}
      </>
    );
  }
  // What is open belongs to one tree: a body that has grown is another.
  return <TreeView key={`${structure.id} ${bytes.length}`} root={tree.root} label={treeText.label} />;
}
