import { describe, expect, it } from 'vitest';
import { parseFilter } from '#model/filter/parse.ts';
import { quickExec } from './quick-exec.ts';

describe('QuickExec', () => {
  it.each([
    ['start', { kind: 'capture', on: true }],
    ['STOP', { kind: 'capture', on: false }],
    ['status', { kind: 'status' }],
    ['show', { kind: 'inspector', open: true }],
    ['hide', { kind: 'inspector', open: false }],
    ['clear', { kind: 'run', action: 'sessions.clear' }],
    ['cls', { kind: 'run', action: 'sessions.clear' }],
    ['dump', { kind: 'run', action: 'export.all' }],
    ['dump c:\\captures', { kind: 'run', action: 'export.all' }],
    ['help', { kind: 'run', action: 'app.shortcuts' }],
    ['bpu /login', { kind: 'break', breakpoints: [{ filter: 'url:"/login"', at: 'request' }] }],
    ['bpu', { kind: 'break', breakpoints: [] }],
    ['bpv post', { kind: 'break', breakpoints: [{ filter: 'method=POST', at: 'request' }] }],
    ['bpm PUT', { kind: 'break', breakpoints: [{ filter: 'method=PUT', at: 'request' }] }],
    ['bps 500', { kind: 'break', breakpoints: [{ filter: 'status=500', at: 'response' }] }],
    ['bps', { kind: 'break', breakpoints: [] }],
    ['bpafter /api', { kind: 'break', breakpoints: [{ filter: 'url:"/api"', at: 'response' }] }],
    ['bpa a b', { kind: 'break', breakpoints: [{ filter: 'url:"a b"', at: 'response' }] }],
    ['select css', { kind: 'filter', text: 'type:"css"' }],
    ['?cart', { kind: 'filter', text: 'url:"cart"' }],
    ['@acme.test', { kind: 'filter', text: 'host:"acme.test"' }],
    ['=404', { kind: 'filter', text: 'status=404' }],
    ['=post', { kind: 'filter', text: 'method=POST' }],
    ['>40000', { kind: 'filter', text: 'size>40000' }],
    ['<5kb', { kind: 'filter', text: 'size<5kb' }],
  ])('%s', (line, wanted) => {
    const command = quickExec(line);
    expect(command).toMatchObject(wanted);
    // Whatever it makes a filter of is one.
    const filters = command?.kind === 'break' ? command.breakpoints.map(({ filter }) => filter) : [];
    if (command?.kind === 'filter') filters.push(command.text);
    for (const filter of filters) expect(parseFilter(filter).ok, filter).toBe(true);
  });

  it.each(['', 'starting', 'start now', 'bps many', 'select', '?', '=4041', '>', 'toString', 'replay'])(
    '%s is none of its words',
    (line) => expect(quickExec(line)).toBeUndefined(),
  );
});
