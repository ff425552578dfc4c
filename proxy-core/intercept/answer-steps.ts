/**
 * Steps of the actions that answer a request without asking anybody: from texts and templates, files and folders, recorded sessions and captures. Made by
 * compile-action.ts; files are looked at when an answer is wanted.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { headerValue } from '#model/headers.ts';
import type { ActionOf } from '#model/rules/action.ts';
import { fieldPairs, isFieldValue } from '#model/rules/parts.ts';
import { expandTemplate, parseTemplate, type TemplatePart } from '#model/rules/template.ts';
import { ActionError } from './action-error.ts';
import { type Answer, fileAnswer, folderAnswer, type Sources } from './answer.ts';
import { textOf } from './body-text.ts';
import type { RequestDraft } from './drafts.ts';
import { setHeader } from './header-edits.ts';
import { memberValue, splitPath } from './query-edits.ts';
import type { Step } from './step.ts';

export function fieldValue(text: string): string {
  if (isFieldValue(text)) return text;
  throw new ActionError('The new value cannot stand in a header field.');
}

function fill(parts: readonly TemplatePart[], { method, target, headers, content }: RequestDraft): string {
  return expandTemplate(parts, (place, name) => {
    const { path, query = '' } = splitPath(target.path);
    switch (place) {
      case 'request.method':
        return method;
      case 'request.url':
        return target.url;
      case 'request.host':
        return target.hostField;
      case 'request.path':
        return path;
      case 'request.body':
        return content === undefined ? '' : (textOf(content)?.text ?? '');
      case 'request.header':
        return headerValue(headers, name) ?? '';
      case 'request.query':
        return memberValue(query, name) ?? '';
      case 'now':
        return String(Date.now());
      case 'now.iso':
        return new Date().toISOString();
      case 'uuid':
        return randomUUID();
    }
  });
}

function templateOf(text: string): readonly TemplatePart[] {
  const parsed = parseTemplate(text);
  if (parsed.ok) return parsed.parts;
  throw new ActionError(parsed.problem);
}

const usesBody = (parts: readonly TemplatePart[]) =>
  parts.some((part) => 'place' in part && part.place === 'request.body');

export function answerStep(action: ActionOf<'answer'>, { folder, session }: Sources): Step {
  const headers = fieldPairs(action.headers);
  const own = ({ body, headers: given, status, ...rest }: Answer): Answer => {
    let all = [...given];
    for (const [name, value] of headers) all = setHeader(all, name, value);
    return { ...rest, status: action.status ?? status, headers: all, body };
  };
  const file = action.file === undefined ? undefined : resolve(folder, action.file);
  const root = action.folder === undefined ? undefined : resolve(folder, action.folder);
  const parts = action.template ? templateOf(action.body ?? '') : [{ text: action.body ?? '' }];
  const type = headers.length === 0 && action.body !== undefined ? 'text/plain; charset=utf-8' : undefined;
  const textAnswer = (draft: RequestDraft): Answer => ({
    status: action.status ?? 200,
    // As written: pairs may name a field twice.
    headers: type === undefined ? headers : [['Content-Type', type]],
    body: Buffer.from(fill(parts, draft)),
  });
  return {
    kind: 'answer',
    needsContent: usesBody(parts),
    make: async (draft) => {
      if (action.session !== undefined) {
        const recorded = await session(action.session);
        if (recorded === undefined) throw new ActionError(`Session ${action.session} has no answer to give.`);
        return own(recorded);
      }
      if (file !== undefined) {
        const answer = await fileAnswer(file, 200);
        if (answer === undefined) throw new ActionError(`There is no file ${file}.`);
        return own(answer);
      }
      if (root !== undefined) {
        const found = await folderAnswer(root, splitPath(draft.target.path).path, 200);
        return found === undefined ? NOT_THERE : found.status === 200 ? own(found) : found;
      }
      return textAnswer(draft);
    },
  };
}

const NOT_THERE: Answer = {
  status: 404,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: Buffer.from('The folder that a rule of Sluice answers with has no such file.\n'),
};

export function blockStep(action: ActionOf<'block'>): Step {
  const answer: Answer = {
    status: action.status ?? 403,
    headers: [['Content-Type', 'text/plain; charset=utf-8']],
    body: Buffer.from('Blocked by a rule of Sluice.\n'),
  };
  return { kind: 'answer', needsContent: false, make: async () => answer };
}

export function redirectStep(action: ActionOf<'redirect'>): Step {
  const parts = templateOf(action.to);
  return {
    kind: 'answer',
    needsContent: usesBody(parts),
    make: async (draft) => ({
      status: action.status ?? 302,
      headers: [['Location', fieldValue(fill(parts, draft))]],
      body: Buffer.alloc(0),
    }),
  };
}

export function mapLocalStep(action: ActionOf<'map-local'>, { folder }: Sources): Step {
  const root = resolve(folder, action.folder ?? action.file ?? '');
  return {
    kind: 'answer',
    needsContent: false,
    make: (draft) => {
      if (action.file !== undefined) return fileAnswer(root, 200);
      const { path } = splitPath(draft.target.path);
      const strip = action.strip ?? '';
      if (!path.startsWith(strip)) return Promise.resolve(undefined);
      return folderAnswer(root, path.slice(strip.length), 200);
    },
  };
}

export function mockStep(
  { capture, filter = '', pass = false }: ActionOf<'mock'>,
  { folder, mock }: Sources,
): Step | undefined {
  const path = resolve(folder, capture);
  if (!existsSync(path)) throw new ActionError(`There is no capture ${path}.`);
  return mock && { kind: 'answer', needsContent: false, make: mock(path, filter, pass) };
}
