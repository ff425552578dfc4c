/** The requests being written: they outlive switching to another view. No I/O; features/composer sends them. */
import { create } from 'zustand';
import { blankDraft, type Draft } from '../features/composer/draft.ts';

export interface ComposerState {
  readonly drafts: readonly Draft[];
  /** Key of the draft on screen. */
  readonly active: number;
  /** Keys of drafts whose request is being handed over. */
  readonly sending: ReadonlySet<number>;
  /** The seed of the view store that was taken up last. */
  readonly seedStamp: number;
  /** Whether requests are being imported: the dialog is open. */
  readonly importing: boolean;
  /** Takes up a draft under a new key and shows it; answers the key. An untouched blank draft on screen gives way to it. */
  open(make: (key: number) => Draft): number;
  openBlank(): void;
  show(key: number): void;
  /** The last one closed leaves a blank one. */
  close(key: number): void;
  /** Changes the draft by the user's hand. */
  edit(key: number, change: Partial<Omit<Draft, 'key'>>): void;
  setSending(key: number, sending: boolean): void;
  setSent(key: number, sentId: number): void;
  takeSeed(stamp: number): void;
  setImporting(importing: boolean): void;
}

export const useComposer = create<ComposerState>()((set, get) => {
  let lastKey = 1;
  const change = (key: number, next: (draft: Draft) => Draft) =>
    set(({ drafts }) => ({ drafts: drafts.map((draft) => (draft.key === key ? next(draft) : draft)) }));
  return {
    drafts: [blankDraft(1)],
    active: 1,
    sending: new Set(),
    seedStamp: 0,
    importing: false,
    open(make) {
      lastKey += 1;
      const draft = make(lastKey);
      set(({ drafts, active }) => ({
        drafts: [
          ...drafts.filter(
            ({ key, edited, parentId, sentId }) =>
              key !== active || edited || parentId !== undefined || sentId !== undefined,
          ),
          draft,
        ],
        active: draft.key,
      }));
      return draft.key;
    },
    openBlank: () => void get().open(blankDraft),
    show: (active) => set({ active }),
    close(key) {
      const { drafts, active } = get();
      const at = drafts.findIndex((draft) => draft.key === key);
      const left = drafts.filter((draft) => draft.key !== key);
      if (left.length === 0) {
        lastKey += 1;
        set({ drafts: [blankDraft(lastKey)], active: lastKey });
      } else set({ drafts: left, active: active === key ? (left[Math.max(0, at - 1)]?.key ?? 0) : active });
    },
    edit: (key, changes) => change(key, (draft) => ({ ...draft, ...changes, edited: true })),
    setSending(key, sending) {
      const next = new Set(get().sending);
      if (sending) next.add(key);
      else next.delete(key);
      set({ sending: next });
    },
    setSent: (key, sentId) => change(key, (draft) => ({ ...draft, sentId })),
    takeSeed: (seedStamp) => set({ seedStamp }),
    setImporting: (importing) => set({ importing }),
  };
});
