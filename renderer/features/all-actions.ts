/** Every action there is, each feature's own list in the order of the palette. */
import type { Action } from '../actions/action.ts';
import { BREAK_ACTIONS } from './breaks/break-actions.ts';
import { COMPARE_ACTIONS } from './compare/compare-actions.ts';
import { CONNECT_ACTIONS } from './connect/connect-actions.ts';
import { FRAME_ACTIONS } from './frame/frame-actions.ts';
import { REPLAY_ACTIONS } from './replay/replay-actions.ts';
import { RULE_ACTIONS } from './rules/rule-actions.ts';
import { FILTER_ACTIONS } from './sessions/filter-actions.ts';
import { PANEL_ACTIONS } from './sessions/panel-actions.ts';
import { RELATION_ACTIONS } from './sessions/relation-actions.ts';
import { SESSION_ACTIONS } from './sessions/session-actions.ts';
import { TAB_ACTIONS } from './tabs/tab-actions.ts';
import { TRANSFER_ACTIONS } from './transfer/transfer-actions.ts';

export const ALL_ACTIONS: readonly Action[] = [
  ...SESSION_ACTIONS,
  ...REPLAY_ACTIONS,
  ...RELATION_ACTIONS,
  ...COMPARE_ACTIONS,
  ...RULE_ACTIONS,
  ...BREAK_ACTIONS,
  ...FILTER_ACTIONS,
  ...PANEL_ACTIONS,
  ...TAB_ACTIONS,
  ...TRANSFER_ACTIONS,
  ...CONNECT_ACTIONS,
  ...FRAME_ACTIONS,
];
