/** Asks before something is taken away for good: `if (await confirm({…})) …`. Usable from actions. Drawn by Confirmations.tsx. */
import { create } from 'zustand';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button does, as a verb: "Remove 214 sessions". */
  readonly confirmLabel: string;
  readonly danger?: boolean;
}

interface Asking {
  readonly question: Question | undefined;
  readonly answer: (yes: boolean) => void;
}

export const useConfirmation = create<Asking>()(() => ({ question: undefined, answer: () => {} }));

/** True when the user confirms. A second question answers an open one with no. */
export function confirm(question: Question): Promise<boolean> {
  useConfirmation.getState().answer(false);
  return new Promise((resolve) => {
    useConfirmation.setState({
      question,
      answer: (yes) => {
        useConfirmation.setState({ question: undefined, answer: () => {} });
        resolve(yes);
      },
    });
  });
}
