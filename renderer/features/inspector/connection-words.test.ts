import { expect, test } from 'vitest';
import {
  clientConnectionWords,
  processWords,
  serverConnectionWords,
  versionWord,
  versionWords,
} from './connection-words.ts';

test('which connection, which stream of it', () => {
  expect(clientConnectionWords({ clientConnection: 3 })).toBe('3');
  expect(clientConnectionWords({ clientConnection: 3, clientStream: 63 })).toBe('3, stream 63');
  expect(serverConnectionWords({ serverConnection: 43, serverStream: 61 })).toBe('43, stream 61, new');
});

test('a connection that was open before says so', () => {
  expect(serverConnectionWords({ serverConnection: 43, serverReused: true })).toBe('43, reused');
  expect(serverConnectionWords({ serverConnection: 43, serverReused: false })).toBe('43, new');
});

test('what is not known is not said', () => {
  expect(clientConnectionWords({})).toBeUndefined();
  expect(serverConnectionWords({})).toBeUndefined();
  expect(serverConnectionWords({ serverReused: true })).toBeUndefined();
  expect(serverConnectionWords({ serverStream: 5 })).toBe('stream 5');
});

test('programs are named with their number, where it is known', () => {
  expect([processWords('curl', 4711), processWords('curl', undefined)]).toEqual(['curl (4711)', 'curl']);
});

test('versions are called as their RFCs do', () => {
  expect(['HTTP/1.0', 'HTTP/1.1', 'HTTP/2.0', 'HTTP/2', 'HTTP/3.0'].map(versionWord)).toEqual([
    'HTTP/1.0',
    'HTTP/1.1',
    'HTTP/2',
    'HTTP/2',
    'HTTP/3',
  ]);
});

test('two versions where two were spoken', () => {
  expect(versionWords('HTTP/2.0', { serverHttpVersion: 'HTTP/2' })).toBe('HTTP/2');
  expect(versionWords('HTTP/2', {})).toBe('HTTP/2');
  expect(versionWords('HTTP/1.1', { serverHttpVersion: 'HTTP/1.1' })).toBe('HTTP/1.1');
  expect(versionWords('HTTP/2', { serverHttpVersion: 'HTTP/1.1' })).toBe('HTTP/2 → HTTP/1.1');
});
