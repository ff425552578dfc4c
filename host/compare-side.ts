/** A capture as one side of a comparison: its calls in order, and the fields of each when asked for, with secrets masked. */
import { type CallKey, callFields, callKey, type Fields } from '#formats/compare/call-fields.ts';
import type { CaptureSide } from '#formats/compare/compare-captures.ts';
import { decodeContent } from '#formats/content-decoding.ts';
import { SluiceError } from '#model/errors.ts';
import type { Filter } from '#model/filter/ast.ts';
import { type Headers, headerValues } from '#model/headers.ts';
import type { FullSession } from '#model/session.ts';
import type { CaptureStore } from '#store/capture-store.ts';
import { fullSession } from './bodies.ts';
import { sessionRows } from './session-rows.ts';

/** What is compared of a body, captured or decoded. */
const MOST_BODY = 16 * 1024 * 1024;

const decoded = async (bytes: Uint8Array, headers: Headers) =>
  (await decodeContent(bytes, headerValues(headers, 'content-encoding').join(', '), { maxBytes: MOST_BODY }))
    .bytes;

async function fieldsOf(full: FullSession): Promise<Fields> {
  const { session, messages } = full;
  return callFields({
    session,
    messages,
    requestBody: await decoded(full.requestBody, session.request.head.headers),
    responseBody: await decoded(full.responseBody, session.response?.head.headers ?? []),
  });
}

/** `mask` is what each session goes through before it is looked at. */
export async function compareSide(
  store: CaptureStore,
  filter: Filter,
  mask: (full: FullSession) => Promise<FullSession>,
): Promise<CaptureSide> {
  const found: (CallKey & { readonly at: number })[] = [];
  for await (const row of sessionRows(store, filter)) found.push({ ...callKey(row), at: row.startedAt });
  found.sort((a, b) => a.at - b.at);
  return {
    calls: found,
    async fields(id) {
      try {
        return await fieldsOf(await mask(await fullSession(store, id)));
      } catch (error) {
        if (error instanceof SluiceError && error.code === 'not-found') return undefined;
        throw error;
      }
    },
  };
}
