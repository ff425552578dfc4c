import { describe, expect, it } from 'vitest';
import { makeSession } from '#proxy-core/testing/session-factory.ts';
import { COPY_TARGETS, copyTarget } from './copy-targets.ts';

const full = makeSession({ method: 'POST', url: 'https://acme.test/x', requestBody: 'hello' });

describe('what a request is copied as', () => {
  it('has a name of its own each', () => {
    const ids = COPY_TARGETS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(new Set(COPY_TARGETS.map(({ title }) => title)).size).toBe(ids.length);
  });

  it.each(COPY_TARGETS.map(({ id }) => id))('%s says where and what', async (id) => {
    const text = await copyTarget(id).write(full.session, full.requestBody);
    expect(text).toContain('acme.test');
    expect(text).toContain('hello');
    expect(text).not.toMatch(/^\s|\s$/);
  });

  it('that there is not is said with what there is', () => {
    expect(() => copyTarget('cobol')).toThrow(/"cobol" is nothing.*curl, curl-powershell/);
  });

  it('is refused where a .http file would change it', async () => {
    const body = new TextEncoder().encode('### x');
    await expect((async () => copyTarget('http').write(full.session, body))()).rejects.toThrow(
      'Copy it as cURL',
    );
  });
});
