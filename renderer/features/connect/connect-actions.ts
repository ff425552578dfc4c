/** What the capture doctor offers that is an action of its own, so that the palette has it too. */
import { Radio } from 'lucide-react';
import type { Action } from '../../actions/action.ts';
import { connectActionText } from '../../text/connect.ts';
import { toast } from '../../ui/toast.ts';

export const CONNECT_ACTIONS: readonly Action[] = [
  {
    id: 'connect.stripAltSvc',
    label: connectActionText.stripAltSvc,
    group: 'capture',
    icon: Radio,
    keywords: ['quic', 'http/3', 'h3', 'alt-svc', 'udp'],
    run: async ({ rpc }) => {
      const [{ addRule }, { loadRules, saveRules }] = await Promise.all([
        import('../rules/edit-rules.ts'),
        import('../rules/rule-calls.ts'),
      ]);
      const { set } = addRule(await loadRules(rpc), {
        name: connectActionText.ruleName,
        note: connectActionText.ruleNote,
        actions: [{ action: 'remove-header', in: 'response', name: 'Alt-Svc' }],
      });
      await saveRules(rpc, set);
      toast(connectActionText.stripped, { tone: 'ok', detail: connectActionText.strippedDetail });
    },
  },
];
