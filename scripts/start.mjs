/**
 * `npm start` and `npm run sluice -- …`: makes the checkout ready, then runs the command line with the arguments given. Runs on Node 18
 * and later; Sluice itself runs on Node 24, in this process when it is one.
 */
import { runMain } from './run-main.mjs';
import { setUp, withSetupErrors } from './setup.mjs';

await withSetupErrors(async () => {
  setUp();
  await runMain('host', 'cli', 'main.mjs');
});
