/**
 * Captures as the host opens them: the store's own, with the means to undo content codings, so that filters look into bodies as they are
 * meant. Everything in host/ opens captures by this.
 */
import type { OpenCapture } from '#store/capture-store.ts';
import { openTunedCapture } from '#store/open-capture.ts';

/** From source it is TypeScript, in a bundle JavaScript. */
const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const DECODER = new URL(`../formats/content-decoding.${EXTENSION}`, import.meta.url).href;

/** See `OpenCapture` in store/capture-store.ts. */
export const openCapture: OpenCapture = (path, mode) => openTunedCapture(path, mode, { decoder: DECODER });
