import { describe, expect, it } from 'vitest';
import { masking, opaque } from '../testing/masking.ts';
import { rewriteContent } from './rewrite-content.ts';

const token = opaque();
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
const rewritten = (type: string | undefined, text: string) =>
  Buffer.from(rewriteContent(utf8(text), type, masking().masker)).toString();

describe('bodies by their type', () => {
  it.each([
    ['application/json', `{"token":"${token}"}`, '{"token":"[redacted:token:1]"}'],
    ['application/vnd.acme+json', `{"token":"${token}"}`, '{"token":"[redacted:token:1]"}'],
    ['application/x-www-form-urlencoded', `a=1&token=${token}`, 'a=1&token=%5Bredacted:token:1%5D'],
    ['application/x-www-form-urlencoded', `{"token":"${token}"}`, '{"token":"[redacted:token:1]"}'],
    [
      'text/event-stream',
      `id: 1\ndata: {"token":"${token}"}\n\n`,
      'id: 1\ndata: {"token":"[redacted:token:1]"}\n\n',
    ],
    ['application/soap+xml', `<Password>Tr0ub4</Password>`, '<Password>[redacted:password:1]</Password>'],
    ['text/javascript', `a={apiKey:"${token}"}`, 'a={apiKey:"[redacted:api-key:1]"}'],
    ['text/plain', `token: ${token} é`, 'token: [redacted:token:1] é'],
    ['application/json', `{"a":"\x01\0","token":"${token}"}`, '{"a":"\x01\0","token":"[redacted:token:1]"}'],
    [undefined, `{"token":"${token}"}`, '{"token":"[redacted:token:1]"}'],
    [
      'multipart/form-data; boundary=B',
      `--B\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--B--`,
      '--B\r\nContent-Disposition: form-data; name="token"\r\n\r\n[redacted:token:1]\r\n--B--',
    ],
  ])('%s', (type, before, after) => expect(rewritten(type, before)).toBe(after));

  it('are read in UTF-16 and stay in it', () => {
    const { masker } = masking();
    const bytes = new Uint8Array(Buffer.from(`{"token":"${token}","é":1}`, 'utf16le'));
    const after = rewriteContent(bytes, 'application/json; charset=utf-16le', masker);
    expect(Buffer.from(after).toString('utf16le')).toBe('{"token":"[redacted:token:1]","é":1}');
    const big = new Uint8Array(Buffer.from(`\ufefftoken: ${token}`, 'utf16le').swap16());
    expect(
      Buffer.from(rewriteContent(big, 'text/plain', masker))
        .swap16()
        .toString('utf16le'),
    ).toBe('\ufefftoken: [redacted:token:1]');
  });

  it('stay when they are binary, but for secrets that stand in them, which keep their length', () => {
    const { masker } = masking();
    const key = `ghp_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6'}`;
    const bytes = utf8(`\0\x01\x02${key}\0\xff`);
    const after = rewriteContent(bytes, 'application/x-protobuf', masker);
    expect(after.length).toBe(bytes.length);
    expect(Buffer.from(after).toString()).toContain('[redacted:github-token:1]**');
    const picture = utf8('\x89PNG\0\0token=abc123def456');
    expect(rewriteContent(picture, 'image/png', masker)).toBe(picture);
  });

  it('are the very octets where there is nothing to mask', () => {
    for (const type of ['application/json', 'text/html', 'text/plain', undefined]) {
      const bytes = utf8('{"id":17}');
      expect(rewriteContent(bytes, type, masking().masker)).toBe(bytes);
    }
    const empty = new Uint8Array();
    expect(rewriteContent(empty, 'text/plain', masking().masker)).toBe(empty);
  });
});
