/**
 * Who may talk to the host: a token made anew for each run, and the cookie a browser gets in exchange for it.
 *
 * Loopback is shared by every user of the machine and by every page in their browsers, so nothing is served on trust. The token stands
 * only in the address's fragment, which browsers never send; it holds for the run, so that the printed address opens in a second
 * window too. The cookie's value is another secret: who sees one cannot compute the other. Neither is ever written to a log.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Access {
  /** 256 random bits, base64url; a program sends it as `Authorization: Bearer TOKEN`. */
  readonly token: string;
  /**
   * A token that opens one window, once, within a minute: for the command lines of browsers that we start, which every user of the
   * machine can read.
   */
  newTicket(): string;
  /** Whether `candidate` is the run's token, or a ticket, which is then used up. */
  redeem(candidate: string): boolean;
  /** The Set-Cookie value for a browser that showed the token to the listener on `port`. */
  setCookie(port: number): string;
  /** How a request proves that it may come in: by cookie, as a browser does, by bearer token, as a program does, or not at all. */
  proof(headers: { cookie?: string | undefined; authorization?: string | undefined }, port: number): Proof;
}

export type Proof = 'cookie' | 'bearer' | 'none';

const TICKET_MS = 60_000;

const secret = () => randomBytes(32).toString('base64url');

/** Equal in a time that tells nothing of where they differ, or of their lengths. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

// Cookies do not know ports: two hosts on one machine must not overwrite each other's.
const cookieName = (port: number) => `sluice-${port}`;

function cookieValues(header: string, name: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/** Secrets of one run; `now` in milliseconds. */
export function createAccess(now: () => number = () => performance.now()): Access {
  const token = secret();
  const cookie = secret();
  let tickets: readonly { readonly ticket: string; readonly until: number }[] = [];
  return {
    token,
    newTicket() {
      const ticket = secret();
      tickets = [...tickets, { ticket, until: now() + TICKET_MS }];
      return ticket;
    },
    redeem(candidate) {
      tickets = tickets.filter(({ until }) => until > now());
      const used = tickets.find(({ ticket }) => sameSecret(candidate, ticket));
      tickets = tickets.filter((one) => one !== used);
      return used !== undefined || sameSecret(candidate, token);
    },
    setCookie: (port) => `${cookieName(port)}=${cookie}; HttpOnly; SameSite=Strict; Path=/`,
    proof(headers, port) {
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (bearer !== undefined && sameSecret(bearer, token)) return 'bearer';
      const shown = cookieValues(headers.cookie ?? '', cookieName(port));
      return shown.some((value) => sameSecret(value, cookie)) ? 'cookie' : 'none';
    },
  };
}
