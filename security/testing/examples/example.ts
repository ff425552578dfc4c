/** Examples of a check: what it must flag, with the text that its evidence shows, and what looks alike and is fine. */
import type { SessionOverrides } from '#proxy-core/testing/session-factory.ts';

export interface Examples {
  readonly bad: readonly { readonly session: SessionOverrides; readonly shown: string }[];
  /** At least as many: a check is believed for what it leaves alone. */
  readonly good: readonly SessionOverrides[];
}

/** A random-looking value that no scanner takes for a leak. */
export const TOKEN = 'q8ZrT2mVbX5nK7wLp3Hd';

export const posted = (body: object, url = 'https://a.test/login'): SessionOverrides => ({
  method: 'POST',
  url,
  requestHeaders: [['Content-Type', 'application/json']],
  requestBody: JSON.stringify(body),
});

export const answered = (body: object): SessionOverrides => ({ responseBody: JSON.stringify(body) });

export const asked = (url: string, name: string, value: string): SessionOverrides => ({
  url,
  requestHeaders: [[name, value]],
});
