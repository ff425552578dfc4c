/** SETTINGS (RFC 9113 §6.5): what a peer says of itself, checked, and what this side says. */
import { DEFAULT_WINDOW, MAX_WINDOW, Setting } from './frames.ts';
import { Http2Fault } from './http2-fault.ts';

export interface PeerSettings {
  readonly headerTableSize: number;
  readonly initialWindow: number;
  readonly maxStreams: number;
}

export const DEFAULT_SETTINGS: PeerSettings = {
  headerTableSize: 4096,
  initialWindow: DEFAULT_WINDOW,
  maxStreams: Number.POSITIVE_INFINITY,
};

/** `before` with what a frame's payload changes; of a setting that is named twice the last counts. @throws Http2Fault */
export function readSettings(before: PeerSettings, bytes: Buffer, from: number, to: number): PeerSettings {
  let { headerTableSize, initialWindow, maxStreams } = before;
  for (let at = from; at < to; at += 6) {
    const value = bytes.readUInt32BE(at + 2);
    switch (bytes.readUInt16BE(at)) {
      case Setting.HEADER_TABLE_SIZE:
        headerTableSize = value;
        break;
      case Setting.ENABLE_PUSH:
        if (value > 1) throw new Http2Fault('PROTOCOL_ERROR', `SETTINGS_ENABLE_PUSH is ${value}.`);
        break;
      case Setting.MAX_CONCURRENT_STREAMS:
        maxStreams = value;
        break;
      case Setting.INITIAL_WINDOW_SIZE:
        if (value > MAX_WINDOW)
          throw new Http2Fault('FLOW_CONTROL_ERROR', `SETTINGS_INITIAL_WINDOW_SIZE is ${value}.`);
        initialWindow = value;
        break;
      case Setting.MAX_FRAME_SIZE:
        // Nothing larger than the least that is allowed is ever sent.
        if (value < 0x4000 || value > 0xff_ffff) {
          throw new Http2Fault('PROTOCOL_ERROR', `SETTINGS_MAX_FRAME_SIZE is ${value}.`);
        }
        break;
      default:
      // Unknown settings mean nothing (RFC 9113 §6.5.2).
    }
  }
  return { headerTableSize, initialWindow, maxStreams };
}
