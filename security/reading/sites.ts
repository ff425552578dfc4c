/** Which hosts belong together: by the registrable domain, as far as that can be told without a list of all public suffixes. */

/** Labels under which countries register names, as in co.uk and com.au. */
const SECOND_LEVEL = /^(?:co|com|net|org|gov|edu|ac|or|ne|go|gob|nom|ltd|plc|sch|nhs|id|web)$/;
/** Where each name below is another owner's. */
const SHARED =
  /(?:^|\.)((?:github|gitlab|pages|cloudfront|herokuapp|netlify|vercel|web|firebaseapp|azurewebsites|appspot|blogspot|workers|fly|onrender|amazonaws|run)\.(?:io|dev|net|com|app|cloud))$/;

/** "api.shop.co.uk" → "shop.co.uk"; addresses and single names are themselves. */
export function siteOf(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (/^[\d.]+$/.test(name) || name.startsWith('[')) return name;
  const labels = name.split('.');
  if (labels.length <= 2) return name;
  const shared = SHARED.exec(name)?.[1];
  if (shared !== undefined) return labels.slice(-shared.split('.').length - 1).join('.');
  const [last = '', second = ''] = labels.toReversed();
  return labels.slice(last.length === 2 && SECOND_LEVEL.test(second) ? -3 : -2).join('.');
}

export const sameSite = (a: string, b: string) => siteOf(a) === siteOf(b);

/** This machine, private and link-local addresses, and names that only a local network knows. */
export const isLocalHost = (host: string) =>
  /^(?:localhost|.*\.localhost|.*\.local|.*\.internal|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|\[::1\])$/i.test(
    host,
  );
