/** All that a rule can do, one definition each; the order here is the order in which a form offers them. */
import * as z from 'zod';
import * as answers from './answer-actions.ts';
import * as edits from './edit-actions.ts';
import * as flow from './flow-actions.ts';
import type { Side } from './parts.ts';

export const Action = z.discriminatedUnion('action', [
  answers.Answer,
  answers.MapRemote,
  answers.MapLocal,
  answers.Mock,
  answers.Redirect,
  answers.Block,
  answers.Close,
  answers.Reset,
  answers.Hang,
  edits.SetHeader,
  edits.AddHeader,
  edits.RemoveHeader,
  edits.ReplaceHeader,
  edits.SetQuery,
  edits.AddQuery,
  edits.RemoveQuery,
  edits.ReplaceQuery,
  edits.SetCookie,
  edits.RemoveCookie,
  edits.ReplaceCookie,
  edits.SetPath,
  edits.ReplacePath,
  edits.SetMethod,
  edits.SetStatus,
  edits.SetBody,
  edits.ReplaceBody,
  edits.JsonSet,
  edits.JsonRemove,
  edits.JsonPatch,
  edits.SetForm,
  edits.RemoveForm,
  edits.ReplaceMessage,
  flow.Delay,
  flow.Throttle,
  flow.Break,
  flow.MarkAction,
  flow.Comment,
  flow.Hide,
  flow.NoDecrypt,
  flow.UpstreamProxyAction,
  flow.ClientCertificateAction,
  flow.RunScript,
  flow.Stop,
]);
export type Action = z.infer<typeof Action>;
export type ActionName = Action['action'];
export type ActionOf<N extends ActionName> = Extract<Action, { action: N }>;

/**
 * When an action is done: with the request; with the response; `both` where it has a part in each; `any` where it is with the response only if the
 * rule asks for one; `connection` before there is a request at all.
 */
export type Moment = 'request' | 'response' | 'both' | 'any' | 'connection';

const ANY: readonly ActionName[] = ['mark', 'comment', 'stop'];

export function momentOf(action: Action): Moment {
  switch (action.action) {
    case 'set-status':
      return 'response';
    case 'no-decrypt':
      return 'connection';
    case 'throttle':
    case 'run-script':
    case 'replace-message':
      return 'both';
    case 'break': {
      const at = action.at ?? 'request';
      return at === 'messages' ? 'both' : at;
    }
    default:
      if (ANY.includes(action.action)) return 'any';
      return 'in' in action ? ((action.in as Side | undefined) ?? 'request') : 'request';
  }
}
