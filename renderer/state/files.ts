/** What windows over the workbench ask or tell of files: the password of one, and what a transfer lost. */
import { create } from 'zustand';
import type { LossReport } from '#model/loss-report.ts';

interface FilesState {
  /** The file whose password is asked for; `wrong` after one that was not it. */
  readonly asked: { readonly name: string; readonly wrong: boolean } | undefined;
  /** Answers the question; undefined: the user does not want to. */
  readonly answer: (password: string | undefined) => void;
  readonly losses: LossReport | undefined;
  showLosses(losses: LossReport | undefined): void;
}

export const useFiles = create<FilesState>()((set) => ({
  asked: undefined,
  answer: () => {},
  losses: undefined,
  showLosses: (losses) => set({ losses }),
}));

/** Asks for the password of a file. A second question answers an open one with nothing. */
export function askPassword(name: string, wrong: boolean): Promise<string | undefined> {
  useFiles.getState().answer(undefined);
  return new Promise((resolve) => {
    useFiles.setState({
      asked: { name, wrong },
      answer: (password) => {
        useFiles.setState({ asked: undefined, answer: () => {} });
        resolve(password);
      },
    });
  });
}
