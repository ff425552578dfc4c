/** Reading the rules in force and saving others, for actions and the view alike. */
import { SluiceError } from '#model/errors.ts';
import type { RuleSet } from '#model/rules/rule.ts';
import type { RpcClient } from '../../rpc/client.ts';
import { rulesText } from '../../text/rules.ts';

/** The rules as the host has them now. */
export function loadRules(rpc: RpcClient): Promise<RuleSet> {
  return new Promise((resolve, reject) => {
    const stop = rpc.watch(
      'rules.watch',
      {},
      {
        item: ({ rules }) => {
          resolve(rules);
          queueMicrotask(() => stop());
        },
        error: reject,
      },
    );
  });
}

/** @throws SluiceError `bad-rules` with what is wrong */
export async function saveRules(rpc: RpcClient, rules: RuleSet): Promise<void> {
  const { problems } = await rpc.call('rules.save', { rules });
  const [first] = problems;
  if (first !== undefined) throw new SluiceError('bad-rules', rulesText.line(first.line, first.message));
}
