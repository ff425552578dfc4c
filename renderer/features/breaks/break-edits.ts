/** What has been typed into the paused message on screen, and sending it on: shared by the panel and the action. */
import type { PausedItem, PausedResolution } from '#model/rules/paused.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { chosenPaused, useBreaks } from '../../state/breaks.ts';
import { breaksText } from '../../text/rules.ts';
import { toast } from '../../ui/toast.ts';

export interface BreakDraft {
  readonly method: string;
  readonly url: string;
  readonly status: string;
  readonly headers: string;
  /** Undefined: it stays as it is. */
  readonly body: string | undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The content as text, undefined where there is none that could be edited as such. */
export function textOfContent(content: Uint8Array | undefined): string | undefined {
  if (content === undefined || content.includes(0)) return undefined;
  try {
    return decoder.decode(content);
  } catch {
    return undefined;
  }
}

export const draftOf = (item: PausedItem): BreakDraft => ({
  method: item.method,
  url: item.url,
  status: String(item.status ?? ''),
  headers: item.headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
  body: textOfContent(item.content),
});

/** Lines as fields; a line without a colon is a name without a value, empty ones do not count. */
export const headersOf = (text: string): [string, string][] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line.trim(), ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    });

/** Only what was changed is said, so that all else goes on octet by octet. */
export function resolutionOf(item: PausedItem, draft: BreakDraft): PausedResolution {
  const before = draftOf(item);
  const changed = (key: keyof BreakDraft) => draft[key] !== before[key];
  return {
    kind: 'go',
    ...(changed('method') ? { method: draft.method } : {}),
    ...(changed('url') ? { url: draft.url } : {}),
    ...(changed('status') ? { status: Number(draft.status) } : {}),
    ...(changed('headers') ? { headers: headersOf(draft.headers) } : {}),
    ...(changed('body') && draft.body !== undefined ? { content: new TextEncoder().encode(draft.body) } : {}),
  };
}

/** The panel on screen, where there is one. */
let current: { readonly item: PausedItem; readonly draft: () => BreakDraft } | undefined;

async function resolve(rpc: RpcClient, id: number, resolution: PausedResolution): Promise<void> {
  const { resolved } = await rpc.call('breaks.resolve', { id, resolution });
  if (!resolved) toast(breaksText.goneOn);
}

export const breakEdits = {
  /** What the panel shows from now on; undefined when it is gone. */
  shown(item: PausedItem | undefined, draft: () => BreakDraft): void {
    current = item && { item, draft };
  },
  resolve,
  /** With what has been typed, when it is the one on screen. */
  async goOn(rpc: RpcClient): Promise<void> {
    const paused = chosenPaused(useBreaks.getState());
    if (paused === undefined) return;
    const edited = current?.item.id === paused.id ? resolutionOf(current.item, current.draft()) : undefined;
    await resolve(rpc, paused.id, edited ?? { kind: 'go' });
  },
};
