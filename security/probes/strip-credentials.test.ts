import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '#model/headers.ts';
import { stripCredentials } from './strip-credentials.ts';

const TOKEN = 'q8ZrT2mVbX5nK7wLp3Hd';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln';
const URL_ = 'https://a.test/orders/17';
const of = (headers: HeaderPair[], url = URL_) => stripCredentials(url, headers);

describe('of a request is taken', () => {
  it.each([
    ['Authorization', 'Basic YTpi'],
    ['authorization', `Bearer ${TOKEN}`],
    ['Cookie', 'theme=dark'],
    ['X-Api-Key', 'short'],
    ['X-Auth-Token', TOKEN],
    ['X-Acme', JWT],
    ['X-Acme-Client', TOKEN],
    ['DPoP', JWT],
    ['Proxy-Authorization', 'Basic YTpi'],
    ['X-CSRF-Token', TOKEN],
  ] as HeaderPair[])('the field %s: %s', (name, value) => {
    expect(
      of([
        ['Host', 'a.test'],
        [name, value],
        ['Accept', '*/*'],
      ]),
    ).toEqual({
      url: URL_,
      headers: [
        ['Host', 'a.test'],
        ['Accept', '*/*'],
      ],
      removed: [name],
    });
  });

  it('every field of a name, which is told once', () => {
    expect(
      of([
        ['Cookie', 'a=1'],
        ['Cookie', 'b=2'],
      ]),
    ).toEqual({ url: URL_, headers: [], removed: ['Cookie'] });
  });

  it.each([
    [`${URL_}?access_token=${TOKEN}`, URL_, 'access_token'],
    [`${URL_}?page=2&api_key=abc&sort=name`, `${URL_}?page=2&sort=name`, 'api_key'],
    [`${URL_}?t=${JWT}`, URL_, 't'],
    [`${URL_}?a=b?c&session%49d=x`, `${URL_}?a=b?c`, 'sessionId'],
  ])('the parameter in %s', (url, left, name) => {
    expect(of([], url)).toEqual({ url: left, headers: [], removed: [name] });
  });

  it('user information of the URL, which never was sent', () => {
    expect(of([], 'https://mia:pw@a.test/x?next=b@c')).toEqual({
      url: 'https://a.test/x?next=b@c',
      headers: [],
      removed: [],
    });
  });

  it('what a cache asks, so that the answer is one; that is no credential', () => {
    expect(
      of([
        ['If-None-Match', '"x"'],
        ['If-Modified-Since', 'yesterday'],
        ['Range', 'bytes=0-1'],
      ]),
    ).toEqual({
      url: URL_,
      headers: [['Range', 'bytes=0-1']],
      removed: [],
    });
  });
});

describe('to a request is left', () => {
  it.each([
    ['Host', 'a.test'],
    ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
    ['Accept', 'application/json'],
    ['Accept-Language', 'en-GB,en;q=0.9'],
    ['Content-Type', `multipart/form-data; boundary=${TOKEN}`],
    ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['X-Request-Id', TOKEN],
    ['sec-ch-ua', '"Chromium";v="140"'],
    ['Origin', 'https://a.test'],
    ['X-Tenant', 'acme'],
    ['X-Api-Version', '2026-01-01'],
    ['Authorization', ''],
  ] as HeaderPair[])('the field %s: %s', (name, value) => {
    expect(of([[name, value]])).toEqual({ url: URL_, headers: [[name, value]], removed: [] });
  });

  it.each([
    `${URL_}?id=${TOKEN}`,
    `${URL_}?page_token=${TOKEN}`,
    `${URL_}?q=password`,
    `${URL_}?token=`,
    `${URL_}?flag`,
    `${URL_}?%zz=%zz`,
    `https://a.test/${TOKEN}?x=1`,
  ])('%s', (url) => expect(of([], url)).toEqual({ url, headers: [], removed: [] }));
});
