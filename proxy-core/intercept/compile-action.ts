/**
 * Makes an action of a rule into a step that can be done: patterns, paths and templates are compiled, proxies and certificates read. What is wrong with
 * one is said here, while the user is still looking. Knows nothing of connections.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { headerValue } from '#model/headers.ts';
import type { Action, ActionOf } from '#model/rules/action.ts';
import { NETWORK_PRESETS } from '#model/rules/throttle.ts';
import { makeTarget, parseAbsolute, parseAuthority } from '../engine/target.ts';
import { certificateFrom } from '../engine/upstream/detour.ts';
import { parseProxyUrl } from '../engine/upstream/proxy-url.ts';
import { ActionError } from './action-error.ts';
import { MAX_FILE_BYTES, readFileBytes, type Sources } from './answer.ts';
import { answerStep, blockStep, fieldValue, mapLocalStep, mockStep, redirectStep } from './answer-steps.ts';
import { bytesOfText, textOf } from './body-text.ts';
import { editCookie, setCookie } from './cookie-edits.ts';
import type { MessageDraft, RequestDraft } from './drafts.ts';
import { mapHeader, removeHeader, setHeader } from './header-edits.ts';
import { compilePath, jsonPatch, jsonRemove, jsonSet, parseJson } from './json-edits.ts';
import { addMember, editMembers, joinPath, setMember, splitPath, withQuery } from './query-edits.ts';
import { replacerOf } from './replacer.ts';
import { mayWant } from './script-port.ts';
import type { MessageStep, Step, StepContext } from './step.ts';

const DEFAULT_LIMIT_S = 600;

/** A request target that may stand in a request line. */
const SAFE_PATH = /^\/[!-"$-~\x80-\xff]*$/;

function retarget(draft: RequestDraft, path: string): void {
  if (!SAFE_PATH.test(path)) throw new ActionError(`${JSON.stringify(path.slice(0, 80))} cannot be a path.`);
  const { scheme, host, port, hostField } = draft.target;
  draft.target = makeTarget(scheme, { host, port }, path, hostField);
}

const onRequest = (apply: (draft: RequestDraft, context: StepContext) => void): Step & { kind: 'head' } => ({
  kind: 'head',
  apply: (draft, context) => {
    if (draft.side === 'request') apply(draft, context);
  },
});

const onHead = (apply: (draft: MessageDraft) => void): Step => ({ kind: 'head', apply });

/** `edit` changes a name=value list of the query. */
const onQuery = (edit: (query: string) => string): Step =>
  onRequest((draft) => retarget(draft, withQuery(draft.target.path, edit)));

const onText = (edit: (text: string) => string): Step => ({
  kind: 'content',
  apply: (draft) => {
    const body = textOf(draft.content);
    if (body === undefined) throw new ActionError('The body is not text.');
    const after = edit(body.text);
    if (after === body.text) return;
    draft.content = bytesOfText(after, body);
    draft.contentChanged = true;
  },
});

const onForm = (edit: (form: string) => string): Step => {
  const step = onText(edit);
  if (step.kind !== 'content') return step;
  return {
    kind: 'content',
    apply: (draft) => {
      const type = headerValue(draft.headers, 'content-type') ?? '';
      if (!/^application\/x-www-form-urlencoded\b/i.test(type))
        throw new ActionError('The body is not a form.');
      return step.apply(draft);
    },
  };
};

function mapRemoteStep({ to, keepHost }: ActionOf<'map-remote'>): Step {
  const target = parseAbsolute(to);
  if (target === undefined) throw new ActionError('This is not an http or https URL.');
  const hasPath = /^[^/]*\/\/[^/]+\/./.test(to);
  return onRequest((draft, { rest }) => {
    const { path: own, query } = splitPath(draft.target.path);
    const wanted = splitPath(target.path);
    const path = !hasPath
      ? draft.target.path
      : target.path.endsWith('*')
        ? target.path.slice(0, -1) + rest
        : joinPath(wanted.path, wanted.query ?? query);
    if (own === '*') return;
    if (!SAFE_PATH.test(path))
      throw new ActionError(`${JSON.stringify(path.slice(0, 80))} cannot be a path.`);
    draft.target = makeTarget(target.scheme, target, path, keepHost ? draft.target.hostField : undefined);
  });
}

function setHeaderStep(name: string, value: string): Step {
  if (name.toLowerCase() !== 'host') {
    return onHead((draft) => {
      draft.headers = setHeader(draft.headers, name, value);
    });
  }
  return onRequest((draft) => {
    if (parseAuthority(value, 1) === undefined)
      throw new ActionError(`${JSON.stringify(value)} is not a host.`);
    draft.target = { ...draft.target, hostField: value };
    draft.headers = setHeader(draft.headers, name, value);
  });
}

function setBodyStep(action: ActionOf<'set-body'>, { folder }: Sources): Step {
  const file = action.file === undefined ? undefined : resolve(folder, action.file);
  return {
    kind: 'content',
    apply: async (draft) => {
      const body = file === undefined ? Buffer.from(action.body ?? '') : await readFileBytes(file);
      if (body === undefined) throw new ActionError(`There is no file ${file}.`);
      if (body.length > MAX_FILE_BYTES) throw new ActionError(`${file} is too large.`);
      draft.content = body;
      draft.contentChanged = true;
      if (action.type !== undefined) draft.headers = setHeader(draft.headers, 'Content-Type', action.type);
    },
  };
}

function certificateStep(action: ActionOf<'client-certificate'>, { folder }: Sources): Step {
  const file = resolve(folder, action.file);
  const certificate = certificateFrom(file, action.passphrase);
  return { kind: 'detour', detour: { key: `certificate ${file}`, certificate } };
}

function proxyStep({ proxy }: ActionOf<'upstream-proxy'>): Step {
  if (proxy === 'direct') return { kind: 'detour', detour: { key: 'direct', proxy } };
  const parsed = parseProxyUrl(proxy);
  return { kind: 'detour', detour: { key: JSON.stringify(parsed), proxy: parsed } };
}

function scriptStep(
  { file }: ActionOf<'run-script'>,
  { folder, script }: Sources,
  wanted: boolean,
): Step | undefined {
  const path = resolve(folder, file);
  if (script !== undefined) return { kind: 'script', script: script(path, wanted) };
  if (!existsSync(path)) throw new ActionError(`There is no script ${path}.`);
  return undefined;
}

/** What an action does with messages of a WebSocket or an event stream; undefined for those that have no part in them. */
export function messageStepOf(action: Action, step: Step | undefined): MessageStep | undefined {
  if (action.action === 'break' && action.at === 'messages' && step?.kind === 'break') return step;
  if (step?.kind === 'script') return mayWant(step.script, 'message') ? step : undefined;
  if (action.action !== 'replace-message') return undefined;
  const replace = replacerOf(action);
  return {
    kind: 'edit',
    edit: (text, direction) => ((action.direction ?? direction) === direction ? replace(text) : undefined),
  };
}

/**
 * Undefined for actions that are not done with a request or a response: they are asked for by name. `wanted`: the rule is on.
 * @throws ActionError or SluiceError saying what is wrong with it
 */
export function stepOf(action: Action, sources: Sources, wanted = true): Step | undefined {
  switch (action.action) {
    case 'answer':
      return answerStep(action, sources);
    case 'map-remote':
      return mapRemoteStep(action);
    case 'map-local':
      return mapLocalStep(action, sources);
    case 'mock':
      return mockStep(action, sources);
    case 'redirect':
      return redirectStep(action);
    case 'block':
      return blockStep(action);
    case 'close':
    case 'reset':
    case 'hang':
      return { kind: 'cut', how: action.action };
    case 'set-header':
      return setHeaderStep(action.name, action.value);
    case 'add-header':
      return onHead((draft) => {
        draft.headers = [...draft.headers, [action.name, action.value]];
      });
    case 'remove-header':
      return onHead((draft) => {
        draft.headers = removeHeader(draft.headers, action.name);
      });
    case 'replace-header': {
      const replace = replacerOf(action);
      return onHead((draft) => {
        draft.headers = mapHeader(draft.headers, action.name, (value) => fieldValue(replace(value)));
      });
    }
    case 'set-query':
      return onQuery((query) => setMember(query, action.name, action.value));
    case 'add-query':
      return onQuery((query) => addMember(query, action.name, action.value));
    case 'remove-query':
      return onQuery((query) => editMembers(query, action.name, () => undefined));
    case 'replace-query':
      return onQuery((query) => editMembers(query, action.name, replacerOf(action)));
    case 'set-cookie':
      return onHead((draft) => {
        draft.headers = setCookie(draft.side, draft.headers, action.name, action.value);
      });
    case 'remove-cookie':
      return onHead((draft) => {
        draft.headers = editCookie(draft.side, draft.headers, action.name, () => undefined);
      });
    case 'replace-cookie': {
      const replace = replacerOf(action);
      return onHead((draft) => {
        const edit = (value: string) => fieldValue(replace(value));
        draft.headers = editCookie(draft.side, draft.headers, action.name, edit);
      });
    }
    case 'set-path':
      return onRequest((draft) => {
        const { query } = splitPath(draft.target.path);
        retarget(draft, action.path.includes('?') ? action.path : joinPath(action.path, query));
      });
    case 'replace-path': {
      const replace = replacerOf(action);
      return onRequest((draft) => {
        const { path, query } = splitPath(draft.target.path);
        retarget(draft, joinPath(replace(path), query));
      });
    }
    case 'set-method':
      return onRequest((draft) => {
        draft.method = action.method;
      });
    case 'set-status':
      return onHead((draft) => {
        if (draft.side !== 'response') return;
        draft.status = action.status;
        draft.reason = action.reason ?? '';
      });
    case 'set-body':
      return setBodyStep(action, sources);
    case 'replace-body':
      return onText(replacerOf(action));
    case 'json-set': {
      const path = compilePath(action.path);
      const { value } = action;
      return onText((text) =>
        JSON.stringify(jsonSet(parseJson(text), path, structuredClone(value), action.path)),
      );
    }
    case 'json-remove': {
      const path = compilePath(action.path);
      return onText((text) => JSON.stringify(jsonRemove(parseJson(text), path)));
    }
    case 'json-patch':
      return onText((text) => JSON.stringify(jsonPatch(parseJson(text), structuredClone(action.patch))));
    case 'set-form':
      return onForm((form) => setMember(form, action.name, action.value));
    case 'remove-form':
      return onForm((form) => editMembers(form, action.name, () => undefined));
    case 'delay':
      return { kind: 'delay', ms: action.ms };
    case 'throttle': {
      const { action: _, preset, ...given } = action;
      return { kind: 'throttle', network: { ...(preset && NETWORK_PRESETS[preset]), ...given } };
    }
    case 'break':
      return { kind: 'break', limitMs: (action.limit ?? DEFAULT_LIMIT_S) * 1000 };
    case 'mark':
      return { kind: 'note', note: { mark: action.mark as 0 | 1 | 2 | 3 | 4 | 5 } };
    case 'comment':
      return { kind: 'note', note: { comment: action.text } };
    case 'upstream-proxy':
      return proxyStep(action);
    case 'client-certificate':
      return certificateStep(action, sources);
    case 'run-script':
      return scriptStep(action, sources, wanted);
    case 'replace-message':
    case 'hide':
    case 'no-decrypt':
    case 'stop':
      return undefined;
  }
}
