/** What is written is read back as the requests it came from; what the format cannot say is reported. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSession, type SessionOverrides } from '#proxy-core/testing/session-factory.ts';
import { Losses } from '../losses.ts';
import { byteString } from '../octets.ts';
import { exportText } from '../testing/export-text.ts';
import { readHttpFile } from './read-http-file.ts';
import { HTTP_FILE_FORMAT } from './write-http-file.ts';

async function written(...all: SessionOverrides[]) {
  const { text, report } = await exportText(
    HTTP_FILE_FORMAT,
    all.map((one, i) => makeSession({ id: i + 1, ...one })),
  );
  const lost = report.losses.filter(({ session }) => session > 0);
  return { text, lost: lost.map(({ session, what }) => `${session}: ${what}`) };
}

describe('a .http file', () => {
  it('has a section for each request', async () => {
    const { text, lost } = await written(
      {
        method: 'POST',
        url: 'https://a.test/x?y=1',
        requestHeaders: [
          ['Host', 'a.test'],
          ['Content-Length', '3'],
        ],
        requestBody: '{}\n{}',
      },
      { comment: 'the second\none' },
    );
    expect(text).toBe(`### 1 POST /x?y=1
POST https://a.test/x?y=1
Host: a.test

{}
{}

### 2 the second one
GET https://api.acme.test/orders/2
Host: api.acme.test

`);
    expect(lost).toEqual([]);
  });

  it('is read back as it was', async () => {
    const token = fc
      .stringMatching(/^[A-Za-z][A-Za-z-]{0,10}$/)
      .filter((name) => !/^(?:content-|connection|transfer|keep)/i.test(name));
    const value = fc.stringMatching(/^[!-z]([ -z]{0,20}[!-z])?$/);
    const body = fc.stringMatching(/^[!-;A-z][ -z\n]{0,60}[!-z]$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(token, value), { maxLength: 5 }),
        body,
        async (requestHeaders, requestBody) => {
          const url = 'https://a.test/p?q=1';
          const { text, lost } = await written({ method: 'PUT', url, requestHeaders, requestBody });
          if (lost.length > 0) return;
          const [request] = readHttpFile(text, new Losses());
          expect(request).toMatchObject({ method: 'PUT', url });
          expect(request?.headers.map(({ name, value: text_ }) => [name, text_])).toEqual(
            requestHeaders.map(([name, text_]) => [name, text_.trim()]),
          );
          expect(byteString(request?.body ?? new Uint8Array())).toBe(requestBody);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    [{ requestBody: Uint8Array.of(0, 255) }, 'body that is not text'],
    [{ requestBody: 'a\n### b\n' }, 'body that would be read as something else'],
    [{ requestBody: '< file' }, 'body that would be read as something else'],
    [{ requestBody: '{"a":"{{b}}"}' }, 'body that would be read as something else'],
    [{ requestBody: 'a\r\nb' }, 'blanks and line ends at the ends of the body'],
    [{ requestHeaders: [['A', '{{b}}']] as [string, string][] }, 'header that is read in another way'],
    [{ kind: 'tunnel' as const }, 'tunnel, which has no request'],
  ])('says what it cannot hold: %j', async (overrides, what) => {
    const { text, lost } = await written({ method: 'POST', ...overrides });
    expect(lost).toEqual([`1: ${what}`]);
    expect(text).not.toContain('### b');
  });

  it('lets no header begin another line', async () => {
    const { text } = await written({ requestHeaders: [['A', 'x\r\n\r\n### y']] });
    expect(text.split('\n').filter((line) => line.startsWith('###'))).toHaveLength(1);
  });
});
