/** What the workbench says of file formats, their passwords and what they lose. */
import { plural } from './format.ts';

export const fileText = {
  format: 'Format',
  password: 'Password',
  passwordHelp: 'Leave it empty for a file that anybody can open.',
  passwordTitle: (name: string) => `${name} is protected`,
  passwordText: 'Give its password to import it.',
  passwordWrong: 'That is not its password.',
  open: 'Open',
  lossTitle: 'What was lost',
  lossy: (count: number) => `${plural(count, 'session')} lost something.`,
  lossyFile: 'Something of the file was lost.',
  lossDetails: 'Details',
  lossCounts: 'What was lost',
  lossSessions: 'Session by session',
  lossFile: 'File',
  lossSession: (id: number) => `Session ${id}`,
  lossMore: (count: number) => `and ${plural(count, 'more loss', 'more losses')}`,
  drop: 'Drop the file to import it',
} as const;
