/** The whole way: sessions of every kind to a file that the HAR 1.2 schema accepts, and back, equal. */
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FullSession } from '#model/session.ts';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { Losses } from '../losses.ts';
import { plain } from '../testing/files.ts';
import { anySession } from '../testing/sessions.ts';
import { readHar } from './read-har.ts';
import { type HarOptions, writeHar } from './write-har.ts';

// The schema uses keywords of no draft ("optional", "min"), hence not strict; they mean nothing to any validator.
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addMetaSchema(draft06);
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i);
ajv.addFormat('ipv4', /^(?:\d{1,3}\.){3}\d{1,3}$/);
ajv.addFormat('ipv6', /^[0-9a-f:.]*:[0-9a-f:.]*$/i);
const schemas: Readonly<Record<string, object>> = createRequire(import.meta.url)('har-schema');
ajv.addSchema(Object.values(schemas));

/** What the HAR 1.2 schema says against `har`: empty when it is valid. */
function harFaults(har: unknown): string[] {
  ajv.validate('har.json#', har);
  return (ajv.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** The whole file as text. */
async function harText(sessions: readonly FullSession[], options: Partial<HarOptions> = {}) {
  let text = '';
  for await (const piece of writeHar(sessions, { creatorVersion: '0.1.0', ...options })) text += piece;
  return text;
}

/** The sessions of a file given as text or as the object it would hold. */
async function sessionsOf(har: unknown, losses = new Losses()): Promise<FullSession[]> {
  const text = typeof har === 'string' ? har : JSON.stringify(har);
  const sessions: FullSession[] = [];
  for await (const session of readHar([new TextEncoder().encode(text)], {}, losses)) sessions.push(session);
  return sessions;
}

describe('writeHar', () => {
  it('writes any sessions as a valid HAR 1.2 file that reads back equal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySession, { maxLength: 3 }), async (sessions) => {
        const losses = new Losses();
        const text = await harText(sessions, { losses });
        expect(text.isWellFormed()).toBe(true);
        expect(harFaults(JSON.parse(text))).toEqual([]);
        expect((await sessionsOf(text, losses)).map(plain)).toEqual(sessions);
        expect(losses.report().counts).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it('names its version and creator', async () => {
    const { log } = JSON.parse(await harText([], { creatorVersion: '7.8.9' }));
    expect(log).toEqual({
      version: '1.2',
      creator: { name: 'Sluice', version: '7.8.9' },
      pages: [],
      entries: [],
    });
  });

  it('takes the next session only when the one before is written, where it is not small', async () => {
    let taken = 0;
    const source = (function* (): Generator<FullSession> {
      for (; taken < 5; taken++) yield makeSession({ id: taken + 1, responseBody: 'x'.repeat(70_000) });
    })();
    let begun = 0;
    for await (const piece of writeHar(source, { creatorVersion: '1' })) {
      begun += piece.split('"startedDateTime"').length - 1;
      expect(taken).toBeLessThanOrEqual(begun);
    }
    expect(begun).toBe(5);
  });

  it('gathers small ones, and not many', async () => {
    const sessions = Array.from({ length: 500 }, (_, i) => makeSession({ id: i + 1 }));
    const pieces = await Array.fromAsync(writeHar(sessions, { creatorVersion: '1' }));
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
    expect(Math.min(...pieces.slice(0, -1).map(({ length }) => length))).toBeGreaterThan(60_000);
  });

  it('leaves a body out that is over the limit, and reads back as a session that lacks it', async () => {
    const big = makeSession({ requestBody: 'x'.repeat(200), method: 'POST', responseBody: 'y'.repeat(200) });
    const losses = new Losses();
    const text = await harText([big], { maxBodyBytes: 100, losses });
    losses.settle(1);
    expect(losses.report()).toMatchObject({ lossy: 1, losses: [{ session: 1 }, { session: 1 }] });
    expect(losses.report().losses[1]?.detail).toMatch(/^200 bytes are more than the 100/);
    expect(harFaults(JSON.parse(text))).toEqual([]);
    expect(text).not.toMatch(/xxx|yyy/);
    expect(JSON.parse(text).log.entries[0].response.content.comment).toMatch(/left out: 200 bytes/);
    const [read] = await sessionsOf(text);
    expect(read?.responseBody.length).toBe(0);
    expect(read?.session.response?.body.size).toBe(200);
  });

  it('tells the schema validator what it is for', () => {
    expect(harFaults({ log: { version: '1.2', entries: [{}] } })).not.toEqual([]);
  });
});
