import { describe, expect, it } from 'vitest';
import { FailureCode, Severity } from '#model/session.ts';
import {
  failureWords,
  methodTone,
  methodWord,
  protocolWord,
  severityTone,
  severityWords,
  statusTone,
  typeWord,
} from './session-words.ts';

describe('method', () => {
  it('of a WebSocket is WS', () => {
    expect(methodWord({ method: 'GET', kind: 'websocket' })).toBe('WS');
    expect(methodWord({ method: 'CONNECT', kind: 'tunnel' })).toBe('CONNECT');
  });
  it('has a tone where it means something', () => {
    expect(['GET', 'POST', 'PUT', 'DELETE', 'WS', 'PROPFIND', 'toString'].map(methodTone)).toEqual([
      'info',
      'ok',
      'warn',
      'err',
      'violet',
      'neutral',
      'neutral',
    ]);
  });
});

describe('status', () => {
  it.each([
    [101, 'violet'],
    [204, 'ok'],
    [304, 'info'],
    [418, 'warn'],
    [599, 'err'],
    [0, 'neutral'],
    [999, 'neutral'],
  ])('%d', (status, tone) => {
    expect(statusTone(status)).toBe(tone);
  });
});

describe('type', () => {
  it.each([
    [undefined, ''],
    ['application/json', 'json'],
    ['application/problem+json', 'json'],
    ['text/html', 'html'],
    ['application/xhtml+xml', 'html'],
    ['text/javascript', 'js'],
    ['image/svg+xml', 'svg'],
    ['application/atom+xml', 'xml'],
    ['text/event-stream', 'sse'],
    ['image/webp', 'webp'],
    ['image/x-icon', 'icon'],
    ['application/font-woff', 'font'],
    ['application/graphql-response+json', 'graphql'],
    ['application/octet-stream', 'binary'],
    ['weird', 'weird'],
  ])('%s', (mime, word) => {
    expect(typeWord(mime)).toBe(word);
  });
});

describe('protocol', () => {
  it.each([
    ['HTTP/1.1', 'h1'],
    ['HTTP/1.0', 'h1.0'],
    ['HTTP/2', 'h2'],
    ['HTTP/2.0', 'h2'],
    ['HTTP/3', 'h3'],
    ['', ''],
  ])('%s', (version, word) => {
    expect(protocolWord(version)).toBe(word);
  });
});

it('every severity and every failure has words', () => {
  for (const severity of Severity.options) {
    expect(severityWords[severity]).not.toBe('');
    expect(severityTone(severity)).toBeDefined();
  }
  for (const code of FailureCode.options) expect(failureWords[code]).toMatch(/^[A-Z]/);
});
