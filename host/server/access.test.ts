import { describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';

const cookieOf = (setCookie: string) => setCookie.split(';')[0] ?? '';

describe('access', () => {
  it('C2: makes a token of 256 bits, another for each run', () => {
    const tokens = Array.from({ length: 50 }, () => createAccess().token);
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('C2: gives a cookie that scripts cannot read, other sites cannot send, and that is not the token', () => {
    const access = createAccess();
    const header = access.setCookie(4321);
    expect(header).toMatch(/^sluice-4321=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(header).not.toContain(access.token);
  });

  it('C2: knows its cookie and its token, and takes neither for the other', () => {
    const access = createAccess();
    const cookie = cookieOf(access.setCookie(80));
    const value = cookie.split('=')[1] ?? '';
    expect(access.proof({ cookie: `a=b; ${cookie}; c=d` }, 80)).toBe('cookie');
    expect(access.proof({ authorization: `Bearer ${access.token}` }, 80)).toBe('bearer');
    expect(access.proof({ authorization: `Bearer ${value}` }, 80)).toBe('none');
    expect(access.proof({ cookie: `sluice-80=${access.token}` }, 80)).toBe('none');
  });

  it('C2: is not fooled by what merely resembles a proof', () => {
    const access = createAccess();
    const cookie = cookieOf(access.setCookie(80));
    expect(access.proof({}, 80)).toBe('none');
    expect(access.proof({ cookie }, 81)).toBe('none');
    expect(access.proof({ cookie: `x${cookie}` }, 80)).toBe('none');
    expect(access.proof({ cookie: `${cookie}x` }, 80)).toBe('none');
    expect(access.proof({ cookie: 'sluice-80=' }, 80)).toBe('none');
    expect(access.proof({ authorization: access.token }, 80)).toBe('none');
    expect(access.proof({ authorization: `Basic ${access.token}` }, 80)).toBe('none');
    expect(access.proof({ authorization: 'Bearer ' }, 80)).toBe('none');
  });

  it('C2: finds its cookie beside a stale one of the same name', () => {
    const access = createAccess();
    const stale = cookieOf(createAccess().setCookie(80));
    expect(access.proof({ cookie: `${stale}; ${cookieOf(access.setCookie(80))}` }, 80)).toBe('cookie');
    expect(access.proof({ cookie: stale }, 80)).toBe('none');
  });

  it('C2: refuses the token of another run', () => {
    const access = createAccess();
    const earlier = createAccess().token;
    expect(access.redeem(access.token)).toBe(true);
    expect(access.redeem(access.token)).toBe(true);
    expect(access.redeem(earlier)).toBe(false);
    expect(access.redeem('')).toBe(false);
    expect(access.proof({ authorization: `Bearer ${earlier}` }, 80)).toBe('none');
  });

  it('C2: a ticket opens one window, once', () => {
    const access = createAccess();
    const [first, second] = [access.newTicket(), access.newTicket()];
    expect(access.proof({ authorization: `Bearer ${first}` }, 80)).toBe('none');
    expect(access.redeem(first)).toBe(true);
    expect(access.redeem(first)).toBe(false);
    expect(access.redeem(second)).toBe(true);
  });

  it('C2: a ticket that nobody used ends after a minute', () => {
    let now = 0;
    const access = createAccess(() => now);
    const ticket = access.newTicket();
    now = 60_000;
    expect(access.redeem(ticket)).toBe(false);
    expect(access.redeem(access.token)).toBe(true);
  });
});
