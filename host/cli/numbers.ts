/** Numbers and the like in arguments: what is not one is a usage error that says what is right. Pure. */
import { InvalidArgumentError } from 'commander';

function whole(text: string, min: number, max: number, what: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new InvalidArgumentError(`give ${what}.`);
}

export const portNumber = (text: string): number => whole(text, 0, 65_535, 'a port from 0 to 65535');
export const sessionNumber = (text: string): number =>
  whole(text, 1, Number.MAX_SAFE_INTEGER, 'the number of a session, as `sluice list` shows it');
export const count = (text: string): number => whole(text, 0, Number.MAX_SAFE_INTEGER, 'a whole number');
export const requests = (text: string): number => whole(text, 1, 1000, 'a number of requests from 1 to 1000');

/** Requests a second: what an active test may put upon a server. */
export function perSecond(text: string): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value >= 0.1 && value <= 10) return value;
  throw new InvalidArgumentError('give a number of requests a second from 0.1 to 10.');
}

export function seconds(text: string): number {
  const value = Number(text);
  // setTimeout counts up to 2^31 - 1 ms.
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= 2_000_000) return value;
  throw new InvalidArgumentError('give a number of seconds above 0.');
}

/** Gathers an option that may be given several times. */
export const gathered = (text: string, before: readonly string[] = []): string[] => [...before, text];
