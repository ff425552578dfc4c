/** What the connect page says. */
import { plural } from '../../text/format.ts';

export const connectText = {
  title: 'Connect a client',
  leadBefore: 'Point a client at',
  leadAfter: 'and let it trust the root certificate. Its requests appear at once.',
  loading: 'Loading…',
  failed: 'The connection details could not be read',
  waiting: 'Waiting for the first decrypted session…',
  connected: (count: number) =>
    `Connected: ${plural(count, 'decrypted session')} so far. The certificate is trusted.`,
  showSessions: 'Show sessions',
  copyProxy: 'Copy the proxy address',
  browsers: 'Open a browser',
  browsersText:
    'It starts with a profile of its own that uses the proxy and trusts the certificate; your own browser is left alone.',
  openBrowser: (name: string) => `Open ${name}`,
  opening: 'Opening…',
  noBrowsers: 'No Chromium-family browser was found on this machine. Install one, or use a line below.',
  recipes: 'Copy a line',
  recipesText: 'For programs and command lines.',
  copyRecipe: (label: string) => `Copy the lines for ${label}`,
  certificate: 'Certificate',
  certificateText:
    'HTTPS can only be read by clients that trust this root certificate. Its key was made on this machine and never leaves it.',
  file: 'File',
  fingerprint: 'SHA-256',
  expires: 'Valid until',
  copyFile: 'Copy the path',
  copyFingerprint: 'Copy the fingerprint',
  downloadLabel: 'Through the proxy',
  copyDownload: 'Copy the address',
  trust: 'Trust it on',
  phone: 'Phone or tablet',
  phoneText: (address: string) => `Scan this with a device in the same network, or open ${address} on it.`,
  loopbackText: (address: string) =>
    `Set the proxy on the device, then scan this or open ${address}. Sluice listens on this machine only; start it with --host and an address of your network to reach it from a phone.`,
  qrAlt: (address: string) => `QR code of ${address}`,
} as const;

export const doctorText = {
  title: 'Capture doctor',
  looking: 'Looking at this run’s traffic…',
  well: 'Nothing is known to be the matter with this run’s traffic.',
  severities: { problem: 'Problem', hint: 'Hint' },
  hosts: 'Hosts',
  startWith: 'Start with',
  copyOption: (option: string) => `Copy ${option}`,
  fixes: {
    trust: 'How to install the certificate',
    recipes: 'Lines to copy',
    'open-browser': 'Open a browser that trusts it',
    'strip-alt-svc': 'Take Alt-Svc out of responses',
    session: 'Show a session',
  },
} as const;
