import { describe, expect, it } from 'vitest';
import { readRequests } from './read-requests.ts';

const lines = async (text: string, name = '') => {
  const { format, requests } = await readRequests(text, name);
  return [format, ...requests.map(({ method, url }) => `${method} ${url}`)];
};

describe('readRequests', () => {
  it.each([
    ['curl', "curl -X PUT 'https://a.test/'", '', 'PUT https://a.test/'],
    ['curl', '#!/bin/sh\nset -e\ncurl https://a.test/ -d x\n', 'run.sh', 'POST https://a.test/'],
    ['curl', 'Invoke-WebRequest -Uri "https://a.test/"', '', 'GET https://a.test/'],
    ['http', '### one\nDELETE https://a.test/', '', 'DELETE https://a.test/'],
    ['http', 'https://a.test/', 'x.http', 'GET https://a.test/'],
    ['http', 'POST /x HTTP/1.1\r\nHost: a.test\r\n\r\n', '', 'POST https://a.test/x'],
    ['postman', '{"info":{"name":"x"},"item":[{"request":"https://a.test/"}]}', '', 'GET https://a.test/'],
    [
      'openapi',
      '{"openapi":"3.1.0","servers":[{"url":"https://a.test"}],"paths":{"/x":{"put":{}}}}',
      '',
      'PUT https://a.test/x',
    ],
    [
      'openapi',
      'openapi: 3.0.0\nservers: [{url: "https://a.test"}]\npaths: {/x: {get: {}}}',
      '',
      'GET https://a.test/x',
    ],
    [
      'openapi',
      '# a comment\nopenapi: 3.0.0\nservers: [{url: "https://a.test"}]\npaths: {/x: {get: {}}}',
      'api.yml',
      'GET https://a.test/x',
    ],
  ])('reads %s: %j', async (format, text, name, line) => {
    expect(await lines(text, name)).toEqual([format, line]);
  });

  it('says what was lost, by the number of the request', async () => {
    const { losses } = await readRequests('curl https://a.test/\ncurl https://b.test/ -d @file');
    expect(losses).toMatchObject({
      sessions: 2,
      lossy: 1,
      losses: [{ session: 2, what: 'content of a file', detail: 'file' }],
    });
  });

  it.each([
    ['{"log":{"entries":[]}}', 'This is a HAR'],
    ['{"a":1}', 'neither a Postman collection'],
    ['', 'no request in this'],
    ['Dear diary', 'no request in this'],
    ['{', 'not valid JSON'],
    ['swagger: "2.0"\n', 'Swagger 2.0'],
  ])('refuses %j', async (text, message) => {
    await expect(readRequests(text)).rejects.toThrow(message);
  });

  it('refuses what is too large before looking at it', async () => {
    await expect(readRequests(' '.repeat(33_554_433))).rejects.toMatchObject({ code: 'too-large' });
  });
});
