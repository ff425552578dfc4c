import { expect, test } from 'vitest';
import type { Session } from '#model/session.ts';
import { fittingTabs, tabShown, tabsOf } from './tabs.ts';

type Changes = {
  kind?: 'http' | 'websocket' | 'tunnel';
  url?: string;
  type?: string;
  tls?: boolean;
  cookie?: boolean;
};

function session({
  kind = 'http',
  url = 'https://a.test/',
  type,
  tls = false,
  cookie = false,
}: Changes = {}): Session {
  return {
    row: {
      id: 1,
      kind,
      source: 'proxy',
      state: 'completed',
      startedAt: 0,
      method: 'GET',
      url,
      scheme: 'https',
      host: 'a.test',
      port: 443,
      path: '/',
      httpVersion: 'HTTP/1.1',
      requestBodySize: 0,
      responseBodySize: 0,
      findings: 0,
      mark: 0,
    },
    request: {
      head: {
        method: 'GET',
        target: '/',
        httpVersion: 'HTTP/1.1',
        headers: [
          ['Host', 'a.test'],
          ...(type ? [['Content-Type', type] as [string, string]] : []),
          ...(cookie ? [['Cookie', 'a=1; b=2'] as [string, string]] : []),
        ],
      },
      trailers: [],
      body: { size: 0, complete: true },
    },
    informational: [],
    facts: tls ? { clientTls: { version: 'TLSv1.3' } } : {},
    timings: {},
    messageCount: kind === 'websocket' ? 3 : 0,
  };
}

const ids = (one: Session, findings = 0) => tabsOf(one, findings).map((tab) => tab.id);

test('a plain request has no tabs that say nothing', () => {
  expect(ids(session())).toEqual(['overview', 'headers', 'request', 'response', 'timing', 'raw', 'hex']);
});

test('tabs appear with what they show, and count it', () => {
  const tabs = tabsOf(session({ url: 'https://a.test/?a=1&b=2', tls: true, cookie: true }), 4);
  const count = Object.fromEntries(tabs.map((tab) => [tab.id, tab.count]));
  expect(count).toMatchObject({ cookies: 2, query: 2, findings: 4, headers: 2 });
  expect(tabs.map((tab) => tab.id)).toContain('tls');
});

test('a form has fields even without a query', () => {
  expect(ids(session({ type: 'application/x-www-form-urlencoded' }))).toContain('query');
});

test('a WebSocket has messages in place of a response body', () => {
  const tabs = ids(session({ kind: 'websocket' }));
  expect(tabs).toContain('messages');
  expect(tabs).not.toContain('response');
});

test('an event stream has messages beside its response body', () => {
  const tabs = tabsOf({ ...session(), messageCount: 2 }, 0);
  expect(tabs.map(({ id }) => id)).toEqual(expect.arrayContaining(['response', 'messages']));
  expect(tabs.find(({ id }) => id === 'messages')?.count).toBe(2);
});

test('a tunnel has no bodies', () => {
  expect(ids(session({ kind: 'tunnel' }))).toEqual(['overview', 'headers', 'timing', 'raw']);
});

test('the tab asked for is shown where it applies, else the closest', () => {
  const http = tabsOf(session(), 0);
  const socket = tabsOf(session({ kind: 'websocket' }), 0);
  expect(tabShown(http, 'timing')).toBe('timing');
  expect(tabShown(http, 'messages')).toBe('overview');
  expect(tabShown(socket, 'response')).toBe('messages');
});

test('all tabs fit: no room is kept for a menu', () => {
  expect(fittingTabs([50, 50], 100, 30, 0)).toEqual([0, 1]);
});

test('the last ones go into the menu', () => {
  expect(fittingTabs([50, 50, 50], 130, 30, 0)).toEqual([0, 1]);
});

test('the active one takes the place of the last', () => {
  expect(fittingTabs([50, 50, 50, 50], 135, 30, 3)).toEqual([0, 3]);
  expect(fittingTabs([50, 50, 50, 50], 20, 30, 2)).toEqual([2]);
});
