/**
 * A captured page without anything that acts (THREATS R1): no scripts, no frames, nothing that loads or leads elsewhere. What remains is shown in a
 * frame without any right, whose own policy forbids the rest once more; this takes away even the attempts.
 */

const ACTING =
  'script, iframe, frame, frameset, object, embed, applet, base, link, meta, template, portal, noscript';
/** Attributes that name something to load or to go to; pictures may be data within the page. */
const LOADING = new Set([
  'src',
  'srcset',
  'href',
  'xlink:href',
  'action',
  'formaction',
  'background',
  'poster',
  'data',
  'ping',
  'cite',
  'longdesc',
  'manifest',
  'imagesrcset',
  'target',
  'autofocus',
]);
const OWN_PICTURE = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp)[;,]/i;
/** Styles may name pictures and fonts of elsewhere, in spellings without end: those that name anything go. */
const NAMES_ELSEWHERE = /url\s*\(|image-set|image\s*\(|@import|\\/i;

/**
 * Event attributes, before anything is parsed: even in a document without a window the parser asks the policy about each, which counts as an
 * attempt. Taken from the text wherever it looks like one, so the word `once =` of a page reads `data-once =` here.
 */
const EVENT = /([\s"'/])(on[a-z]+)(?=\s*=)/gi;

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The page as text for a frame's `srcdoc`. */
export function harmlessHtml(source: string): string {
  // Documents made by the parser have no window: nothing in them runs or loads.
  const page = new DOMParser().parseFromString(source.replace(EVENT, '$1data-$2'), 'text/html');
  for (const element of page.querySelectorAll(ACTING)) element.remove();
  for (const element of page.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      const loads = LOADING.has(name.toLowerCase()) && !(name === 'src' && OWN_PICTURE.test(value));
      const acts = /^on/i.test(name) || (name === 'style' && NAMES_ELSEWHERE.test(value));
      if (loads || acts) element.removeAttribute(name);
    }
    if (element.localName === 'style' && NAMES_ELSEWHERE.test(element.textContent ?? '')) element.remove();
  }
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  page.head.prepend(policy);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}
