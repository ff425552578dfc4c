import { describe, expect, it } from 'vitest';
import { Losses } from '../losses.ts';
import { byteString, readable } from '../octets.ts';
import { looksLikeHttpFile, readHttpFile } from './read-http-file.ts';

function read(text: string) {
  const losses = new Losses();
  const requests = readHttpFile(text, losses).map(({ name, method, url, headers, body }) => ({
    name,
    line: `${method} ${url}`,
    headers: headers.map(({ name: key, value }) => `${key}: ${value}`),
    body: readable(byteString(body)),
  }));
  return {
    requests,
    lost: losses
      .report()
      .losses.map(({ what, detail }) => (detail === undefined ? what : `${what}: ${detail}`)),
  };
}

describe('files of the REST Client', () => {
  it('are read request by request, with their variables', () => {
    const { requests, lost } = read(`@host = api.acme.test
@base = https://{{host}}/v1

### List
GET {{base}}/orders
    ?page=1
    &size=20 HTTP/1.1
Accept: application/json

### Create
# @name create
POST {{base}}/orders
Content-Type: application/json
Authorization: Bearer {{token}}

{"item": "é", "host": "{{host}}"}

###
{{base}}/bare
`);
    expect(requests).toEqual([
      {
        name: 'List',
        line: 'GET https://api.acme.test/v1/orders?page=1&size=20',
        headers: ['Accept: application/json'],
        body: '',
      },
      {
        name: 'create',
        line: 'POST https://api.acme.test/v1/orders',
        headers: ['Content-Type: application/json', 'Authorization: Bearer {{token}}'],
        body: '{"item": "é", "host": "api.acme.test"}',
      },
      { name: '', line: 'GET https://api.acme.test/v1/bare', headers: [], body: '' },
    ]);
    expect(lost).toEqual(['variable without a value: token']);
  });

  it('join the lines of a form', () => {
    const text = 'POST https://a.test\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2\n  &c=3';
    expect(read(text).requests[0]?.body).toBe('a=1&b=2&c=3');
  });

  it('write multipart with the line ends it must have', () => {
    const text =
      'POST https://a.test\nContent-Type: multipart/form-data; boundary=B\n\n--B\nContent-Disposition: form-data; name="a"\n\n1\n--B--\n';
    expect(read(text).requests[0]?.body).toBe(
      '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B--\r\n',
    );
  });

  it('may hold curl commands', () => {
    expect(read("### c\ncurl https://a.test \\\n  -H 'A: b' \\\n  -d x\n").requests).toMatchObject([
      {
        line: 'POST https://a.test',
        headers: ['A: b', 'Content-Type: application/x-www-form-urlencoded', 'Accept: */*'],
        body: 'x',
      },
    ]);
  });

  it('may hold GraphQL', () => {
    const text = 'POST https://a.test/graphql\nX-REQUEST-TYPE: GraphQL\n\nquery Q { a }\n\n{"x": 1}\n';
    expect(read(text).requests).toMatchObject([
      { headers: ['Content-Type: application/json'], body: '{"query":"query Q { a }","variables":{"x":1}}' },
    ]);
  });
});

describe('files of JetBrains', () => {
  it('lose their scripts and files, and say so', () => {
    const { requests, lost } = read(
      '< {% request.x() %}\nPOST https://a.test\n\n< ./body.json\n\n> {% client.y() %}\n',
    );
    expect(requests).toMatchObject([{ line: 'POST https://a.test', body: '' }]);
    expect(lost).toEqual(['script', 'script', 'content of a file: ./body.json']);
  });
});

describe('plain requests', () => {
  it('are completed by their Host; the body ends where its length says', () => {
    const { requests } = read(
      'POST /a?b=1 HTTP/1.1\r\nHost: acme.test\r\nContent-Length: 5\r\n\r\na\r\nb\n\r\n',
    );
    expect(requests).toEqual([
      { name: '', line: 'POST https://acme.test/a?b=1', headers: ['Host: acme.test'], body: 'a\r\nb\n' },
    ]);
  });

  it.each([
    ['localhost', 'http'],
    ['127.0.0.1:8080', 'http'],
    ['acme.test:8080', 'http'],
    ['acme.test:443', 'https'],
    ['acme.test', 'https'],
    ['box', 'http'],
  ])('to %s are taken for %s', (host, scheme) => {
    expect(read(`GET /x HTTP/1.1\nHost: ${host}\n`).requests[0]?.line).toBe(`GET ${scheme}://${host}/x`);
  });

  it('without a Host say what is missing', () => {
    expect(read('GET /x HTTP/1.1\n')).toMatchObject({
      requests: [{ line: 'GET /x' }],
      lost: ['host of the address'],
    });
  });

  it('keep what in a file of the REST Client would be another thing', () => {
    expect(read('POST /x HTTP/1.1\nHost: a\n\n< b c\n').requests[0]?.body).toBe('< b c\n');
  });
});

describe('what is none', () => {
  it('is refused', () => {
    for (const text of ['', '# nothing', 'hello there world', '###']) {
      expect(() => read(text)).toThrow('no request in this file');
    }
    expect(() => read(`###\nGET a.test\n`.repeat(10_001))).toThrow('more than 10000');
  });

  it('among others is passed over, and said', () => {
    expect(read('GET https://a.test\n###\nhello there world\n')).toMatchObject({
      requests: [{ line: 'GET https://a.test' }],
      lost: ['section without a request: hello there world'],
    });
  });

  it('is told apart by its look', () => {
    const yes = ['### x\n', '@a = b\nGET x', 'GET https://a', '\nPOST /x', 'PURGE /x HTTP/1.1\n'];
    expect(yes.map(looksLikeHttpFile)).toEqual(yes.map(() => true));
    expect(['{}', 'openapi: 3.1.0', 'Hello there', ''].map(looksLikeHttpFile)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
