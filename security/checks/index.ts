/** Every check, in the order in which findings are listed. A new check is one line here. */
import type { Check } from '../check.ts';
import { credentialsInClear } from './credentials-in-clear.ts';
import { credentialsInUrl } from './credentials-in-url.ts';
import { personalData } from './personal-data.ts';
import { secretInResponse } from './secret-in-response.ts';
import { weakPassword } from './weak-password.ts';

export const CHECKS: readonly Check[] = [
  credentialsInClear,
  credentialsInUrl,
  weakPassword,
  personalData,
  secretInResponse,
];
