/** Every action there is, each feature's own list in the order of the palette. */
import type { Action } from '../actions/action.ts';
import { BREAK_ACTIONS } from './breaks/break-actions.ts';
import { FRAME_ACTIONS } from './frame/frame-actions.ts';
import { REPLAY_ACTIONS } from './replay/replay-actions.ts';
import { RULE_ACTIONS } from './rules/rule-actions.ts';
import { FILTER_ACTIONS } from './sessions/filter-actions.ts';
import { RELATION_ACTIONS } from './sessions/relation-actions.ts';
import { SESSION_ACTIONS } from './sessions/session-actions.ts';
import { TRANSFER_ACTIONS } from './transfer/transfer-actions.ts';

export const ALL_ACTIONS: readonly Action[] = [
  ...SESSION_ACTIONS,
  ...REPLAY_ACTIONS,
  ...RELATION_ACTIONS,
  ...RULE_ACTIONS,
  ...BREAK_ACTIONS,
  ...FILTER_ACTIONS,
  ...TRANSFER_ACTIONS,
  ...FRAME_ACTIONS,
];
