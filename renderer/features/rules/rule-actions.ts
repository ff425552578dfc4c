/** Rules made of sessions in the list: in two clicks from its menu. */
import { Ban, MessageCircleReply, OctagonPause, Plus } from 'lucide-react';
import type { RuleInput, RuleSet } from '#model/rules/rule.ts';
import type { Action } from '../../actions/action.ts';
import type { App } from '../../app.ts';
import { useBreaks } from '../../state/breaks.ts';
import { selectedIds, useSessions } from '../../state/sessions.ts';
import { useView } from '../../state/view.ts';
import { rulesText } from '../../text/rules.ts';
import { toast } from '../../ui/toast.ts';
import { addRule } from './edit-rules.ts';
import { loadRules, saveRules } from './rule-calls.ts';

const someSelected = () => selectedIds().length > 0;
const current = () => useSessions.getState().current;
const hasAddress = () => current() !== undefined && current()?.kind !== 'tunnel';
const show = (name: string) => ({ label: rulesText.show, run: () => useView.getState().showRule(name) });

/** A URL without its query, and everything below it. */
const addressOf = (url: string) => url.split(/[?#]/, 1)[0] ?? url;

async function addForRow(app: App, make: (address: string) => RuleInput): Promise<string | undefined> {
  const row = current();
  if (row === undefined) return undefined;
  const { set, name } = addRule(await loadRules(app.rpc), make(addressOf(row.url)));
  await saveRules(app.rpc, set);
  return name;
}

async function answerSelected(app: App): Promise<void> {
  const { rules } = await app.rpc.call('rules.fromSessions', { ids: selectedIds() });
  const before: RuleSet = await loadRules(app.rpc);
  let set = before;
  let last = '';
  for (const rule of rules.toReversed()) {
    const added = addRule(set, rule);
    set = added.set;
    last = added.name;
  }
  await saveRules(app.rpc, set);
  toast(rulesText.answered(rules.length), { tone: 'ok', action: show(last) });
}

export const RULE_ACTIONS: readonly Action[] = [
  {
    id: 'rules.answer',
    label: rulesText.answer,
    group: 'sessions',
    icon: MessageCircleReply,
    keywords: ['mock', 'autoresponder', 'stub', 'rule'],
    enabled: () => someSelected() && hasAddress(),
    run: answerSelected,
  },
  {
    id: 'rules.fromRow',
    label: rulesText.fromRow,
    group: 'sessions',
    icon: Plus,
    keywords: ['rule', 'rewrite', 'map'],
    enabled: hasAddress,
    run: async (app) => {
      const name = await addForRow(app, (prefix) => ({
        name: prefix,
        enabled: false,
        when: { url: { prefix } },
        actions: [{ action: 'set-header', name: 'X-Changed-By', value: 'Sluice' }],
      }));
      if (name !== undefined) useView.getState().showRule(name);
    },
  },
  {
    id: 'rules.block',
    label: rulesText.block,
    group: 'sessions',
    icon: Ban,
    keywords: ['rule', 'deny', 'forbid'],
    enabled: hasAddress,
    run: async (app) => {
      const name = await addForRow(app, (prefix) => ({
        name: `Block ${prefix}`,
        when: { url: { prefix } },
        actions: [{ action: 'block' }],
      }));
      if (name !== undefined) toast(rulesText.saved, { tone: 'ok', action: show(name) });
    },
  },
  {
    id: 'rules.breakOn',
    label: rulesText.breakOn,
    group: 'sessions',
    icon: OctagonPause,
    keywords: ['breakpoint', 'intercept'],
    enabled: hasAddress,
    run: async ({ rpc }) => {
      const row = current();
      if (row === undefined) return;
      const path = row.path.split('?', 1)[0] ?? '';
      const filter = `host=${row.host} path:"${path.replace(/["\\]/g, '\\$&')}"`;
      const { breakpoints } = useBreaks.getState();
      await rpc.call('breaks.set', { breakpoints: [...breakpoints, { filter, at: 'both' }] });
    },
  },
];
