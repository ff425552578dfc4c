/** `npm run bench -- …`: makes the checkout ready, then runs the bench, which sees to the programs that it alone needs. */
import { runMain } from './run-main.mjs';
import { setUp, withSetupErrors } from './setup.mjs';

await withSetupErrors(async () => {
  setUp();
  await runMain('bench', 'main.ts');
});
