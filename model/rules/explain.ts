/** Rules in words: one sentence that says what a rule does, for the editor, the list and the log. Pure. */
import type { Action } from './action.ts';
import { explainMatcher } from './matcher.ts';
import type { Rule } from './rule.ts';

const MAX = 60;
const quoted = (text: string) => `"${text.length > MAX ? `${text.slice(0, MAX)}…` : text}"`;
const side = (action: { in?: 'request' | 'response' | undefined }) => action.in ?? 'request';
const replacing = ({ find, with: put, regex }: { find: string; with: string; regex?: boolean | undefined }) =>
  `replace ${regex ? `/${find}/` : quoted(find)} by ${quoted(put)}`;

function answerText(action: Extract<Action, { action: 'answer' }>): string {
  const status = `answer ${action.status ?? (action.session === undefined ? 200 : '')}`.trim();
  if (action.session !== undefined) return `${status} with what session ${action.session} was answered`;
  if (action.file !== undefined) return `${status} with the file ${action.file}`;
  if (action.folder !== undefined) return `${status} with files of ${action.folder}`;
  if (action.body === undefined || action.body === '') return `${status} without a body`;
  return `${status} with ${action.template ? 'the template ' : ''}${quoted(action.body)}`;
}

function throttleText({ preset, down, up, latency, loss }: Extract<Action, { action: 'throttle' }>): string {
  const parts = [
    ...(preset === undefined ? [] : [preset]),
    ...(down === undefined ? [] : [`${down} B/s down`]),
    ...(up === undefined ? [] : [`${up} B/s up`]),
    ...(latency === undefined ? [] : [`${latency} ms latency`]),
    ...(loss === undefined ? [] : [`${loss * 100} % loss`]),
  ];
  return `slow it down to ${parts.join(', ')}`;
}

/** One action in words, without a full stop. */
export function explainAction(action: Action): string {
  switch (action.action) {
    case 'answer':
      return answerText(action);
    case 'map-remote':
      return `send it to ${action.to} instead${action.keepHost ? ', under the name asked for' : ''}`;
    case 'map-local':
      return `answer with ${action.file ?? `files of ${action.folder}`} where there is one`;
    case 'mock': {
      const which = action.filter === undefined || action.filter === '' ? '' : ` that pass ${action.filter}`;
      const miss = action.pass ? 'or let it go on' : 'or 404';
      return `answer with what ${action.capture} holds for it${which && ` in sessions${which}`}, ${miss}`;
    }
    case 'redirect':
      return `redirect (${action.status ?? 302}) to ${action.to}`;
    case 'block':
      return `block it with ${action.status ?? 403}`;
    case 'close':
      return 'close the connection without an answer';
    case 'reset':
      return 'reset the connection';
    case 'hang':
      return 'never answer';
    case 'set-header':
      return `set ${action.name} of the ${side(action)} to ${quoted(action.value)}`;
    case 'add-header':
      return `add ${action.name}: ${quoted(action.value)} to the ${side(action)}`;
    case 'remove-header':
      return `remove ${action.name} from the ${side(action)}`;
    case 'replace-header':
      return `${replacing(action)} in ${action.name} of the ${side(action)}`;
    case 'set-query':
      return `set the query parameter ${action.name} to ${quoted(action.value)}`;
    case 'add-query':
      return `add the query parameter ${action.name}=${action.value}`;
    case 'remove-query':
      return `remove the query parameter ${action.name}`;
    case 'replace-query':
      return `${replacing(action)} in the query parameter ${action.name}`;
    case 'set-cookie':
      return `set the cookie ${action.name} of the ${side(action)} to ${quoted(action.value)}`;
    case 'remove-cookie':
      return `remove the cookie ${action.name} from the ${side(action)}`;
    case 'replace-cookie':
      return `${replacing(action)} in the cookie ${action.name} of the ${side(action)}`;
    case 'set-path':
      return `set the path to ${action.path}`;
    case 'replace-path':
      return `${replacing(action)} in the path`;
    case 'set-method':
      return `set the method to ${action.method}`;
    case 'set-status':
      return `set the status to ${action.status}`;
    case 'set-body':
      return `set the body of the ${side(action)} to ${action.file === undefined ? quoted(action.body ?? '') : `the file ${action.file}`}`;
    case 'replace-body':
      return `${replacing(action)} in the body of the ${side(action)}`;
    case 'json-set':
      return `set ${action.path} in the JSON of the ${side(action)} to ${quoted(JSON.stringify(action.value))}`;
    case 'json-remove':
      return `remove ${action.path} from the JSON of the ${side(action)}`;
    case 'json-patch':
      return `apply ${action.patch.length} JSON patch ${action.patch.length === 1 ? 'operation' : 'operations'} to the ${side(action)}`;
    case 'set-form':
      return `set the form field ${action.name} of the ${side(action)} to ${quoted(action.value)}`;
    case 'remove-form':
      return `remove the form field ${action.name} from the ${side(action)}`;
    case 'delay':
      return `hold the ${side(action)} back for ${action.ms} ms`;
    case 'throttle':
      return throttleText(action);
    case 'break':
      return action.at === 'messages'
        ? 'pause each message'
        : `pause at the ${action.at === 'both' ? 'request and the response' : (action.at ?? 'request')}`;
    case 'mark':
      return action.mark === 0 ? 'take its mark away' : `mark it ${action.mark}`;
    case 'comment':
      return `comment it ${quoted(action.text)}`;
    case 'hide':
      return 'do not record it';
    case 'no-decrypt':
      return 'do not decrypt its connection';
    case 'upstream-proxy':
      return action.proxy === 'direct'
        ? 'reach the origin directly'
        : `go by the proxy ${withoutPassword(action.proxy)}`;
    case 'client-certificate':
      return `present the certificate in ${action.file}`;
    case 'replace-message':
      return `${replacing(action)} in each message${action.direction === undefined ? '' : ` ${action.direction}`}`;
    case 'run-script':
      return `run the script ${action.file}`;
    case 'stop':
      return 'look at no later rule';
  }
}

const withoutPassword = (proxy: string) => proxy.replace(/\/\/[^@/]*@/, '//');

/** The whole rule in one sentence. */
export function explainRule({ when, actions, times }: Pick<Rule, 'when' | 'actions' | 'times'>): string {
  const limit = times === undefined ? '' : times === 1 ? ', once' : `, ${times} times at most`;
  return `For ${explainMatcher(when)}${limit}: ${actions.map(explainAction).join('; then ')}.`;
}
