/** How people say which requests log in and which log out, in place of what the security checks would guess: filters, refused where they cannot be read. */
import * as z from 'zod';
import { parseFilter } from './filter/parse.ts';

const FilterText = z
  .string()
  .max(4000)
  .superRefine((text, context) => {
    const parsed = parseFilter(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.problem.message });
  });

/** Filters that tell which requests log in and which log out, in place of what the checks would guess. */
export const AccountFilters = z.strictObject({
  login: FilterText.optional(),
  logout: FilterText.optional(),
});
export type AccountFilters = z.infer<typeof AccountFilters>;
