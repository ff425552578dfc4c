/** How slow a network a rule plays. Bandwidths in octets a second, times in ms, loss as a share of the pieces sent. */
export interface Network {
  readonly down?: number | undefined;
  readonly up?: number | undefined;
  readonly latency?: number | undefined;
  readonly loss?: number | undefined;
}

const kbit = (value: number) => (value * 1000) / 8;

export const NETWORK_PRESETS = {
  'slow-3g': { down: kbit(400), up: kbit(400), latency: 400, loss: 0 },
  '3g': { down: kbit(1600), up: kbit(750), latency: 150, loss: 0 },
  '4g': { down: kbit(9000), up: kbit(9000), latency: 60, loss: 0 },
  dsl: { down: kbit(2000), up: kbit(1000), latency: 5, loss: 0 },
  edge: { down: kbit(240), up: kbit(200), latency: 840, loss: 0 },
  'bad-wifi': { down: kbit(5000), up: kbit(2000), latency: 80, loss: 0.05 },
} as const satisfies Readonly<Record<string, Network>>;

export type NetworkPreset = keyof typeof NETWORK_PRESETS;
export const NETWORK_PRESET_NAMES = Object.keys(NETWORK_PRESETS) as [NetworkPreset, ...NetworkPreset[]];
