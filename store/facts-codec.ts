/** Facts of an exchange, and its timings, as bytes: bits that say what is there, and then that. What repeats is told by number. */
import { type ExchangeFacts, type Timings, TlsFacts } from '#model/session.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Names } from './names.ts';

/** Gives the text of a number of `Names`. @throws when there is none */
export type TextOf = (id: number) => string;

/** `facts` with the numbers of its texts, which must be there before anything is written that refers to them. */
export interface NamedFacts {
  readonly facts: ExchangeFacts;
  readonly serverAddress: number;
  readonly upstreamProxy: number;
  readonly serverHttpVersion: number;
  readonly clientTls: number;
  readonly serverTls: number;
  readonly process: number;
}

/** 0 stands for what is absent, 1 and more for the number before it. */
const named = (names: Names, text: string | undefined) => (text === undefined ? 0 : names.text(text) + 1);

export function nameFacts(names: Names, facts: ExchangeFacts): NamedFacts {
  return {
    facts,
    serverAddress: named(names, facts.serverAddress),
    upstreamProxy: named(names, facts.upstreamProxy),
    serverHttpVersion: named(names, facts.serverHttpVersion),
    clientTls: facts.clientTls === undefined ? 0 : names.tls(facts.clientTls) + 1,
    serverTls: facts.serverTls === undefined ? 0 : names.tls(facts.serverTls) + 1,
    process: named(names, facts.process),
  };
}

const NUMBERS = ['clientConnection', 'serverConnection', 'clientStream', 'serverStream'] as const;
const TEXTS = ['serverAddress', 'upstreamProxy', 'serverHttpVersion'] as const;
const TLS = ['clientTls', 'serverTls'] as const;
const HAS_CLIENT_ADDRESS = 1;
const HAS_REUSED = 2;
const REUSED = 4;
const FIRST_NUMBER = 8;
/** After the bits of the numbers. */
const HAS_TUNNEL = FIRST_NUMBER << NUMBERS.length;
const HAS_PASSED_INVALID = HAS_TUNNEL << 1;
const HAS_PROCESS = HAS_PASSED_INVALID << 1;
const HAS_IMPORTED = HAS_PROCESS << 1;
const HAS_PROCESS_ID = HAS_IMPORTED << 1;

/** The client's address is new with every connection and therefore no name. */
export function putFacts(to: ByteWriter, facts: NamedFacts): void {
  const { clientAddress, serverReused, tunnelBytes, passedInvalid, process, processId, imported } =
    facts.facts;
  let bits = (clientAddress === undefined ? 0 : HAS_CLIENT_ADDRESS) | (serverReused === true ? REUSED : 0);
  if (serverReused !== undefined) bits |= HAS_REUSED;
  let bit = FIRST_NUMBER;
  for (const key of NUMBERS) {
    if (facts.facts[key] !== undefined) bits |= bit;
    bit <<= 1;
  }
  if (tunnelBytes !== undefined) bits |= HAS_TUNNEL;
  if (passedInvalid !== undefined) bits |= HAS_PASSED_INVALID;
  if (process !== undefined) bits |= HAS_PROCESS;
  if (imported !== undefined) bits |= HAS_IMPORTED;
  if (processId !== undefined) bits |= HAS_PROCESS_ID;
  to.count(bits);
  if (clientAddress !== undefined) to.text(clientAddress);
  for (const key of NUMBERS) {
    const value = facts.facts[key];
    if (value !== undefined) to.number(value);
  }
  if (tunnelBytes !== undefined) {
    to.number(tunnelBytes.sent);
    to.number(tunnelBytes.received);
  }
  if (passedInvalid !== undefined) to.text(passedInvalid);
  if (process !== undefined) to.text(process);
  if (imported !== undefined) to.text(imported);
  if (processId !== undefined) to.number(processId);
  for (const key of TEXTS) to.count(facts[key]);
  for (const key of TLS) to.count(facts[key]);
}

export function takeFacts(from: ByteReader, textOf: TextOf): ExchangeFacts {
  const facts: ExchangeFacts = {};
  const bits = from.count();
  if (bits & HAS_CLIENT_ADDRESS) facts.clientAddress = from.text();
  if (bits & HAS_REUSED) facts.serverReused = (bits & REUSED) !== 0;
  for (const [i, key] of NUMBERS.entries()) {
    if (bits & (FIRST_NUMBER << i)) facts[key] = from.number();
  }
  if (bits & HAS_TUNNEL) facts.tunnelBytes = { sent: from.number(), received: from.number() };
  if (bits & HAS_PASSED_INVALID) facts.passedInvalid = from.text();
  if (bits & HAS_PROCESS) facts.process = from.text();
  if (bits & HAS_IMPORTED) facts.imported = from.text();
  if (bits & HAS_PROCESS_ID) facts.processId = from.number();
  for (const key of TEXTS) {
    const id = from.count();
    if (id > 0) facts[key] = textOf(id - 1);
  }
  for (const key of TLS) {
    const id = from.count();
    if (id > 0) facts[key] = TlsFacts.parse(JSON.parse(textOf(id - 1)));
  }
  return facts;
}

const PHASES = ['blocked', 'dns', 'connect', 'tls', 'send', 'wait', 'receive'] as const;

export function putTimings(to: ByteWriter, timings: Timings): void {
  let bits = 0;
  let bit = 1;
  for (const phase of PHASES) {
    if (timings[phase] !== undefined) bits |= bit;
    bit <<= 1;
  }
  to.byte(bits);
  for (const phase of PHASES) {
    const ms = timings[phase];
    if (ms !== undefined) to.float(ms);
  }
}

export function takeTimings(from: ByteReader): Timings {
  const timings: Timings = {};
  const bits = from.byte();
  for (const [i, phase] of PHASES.entries()) if (bits & (1 << i)) timings[phase] = from.float();
  return timings;
}
