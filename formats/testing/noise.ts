/** Octets that no compression makes shorter, the same ones every time. */
export function noise(length: number): Buffer {
  let state = 1;
  return Buffer.from(
    Array.from({ length }, () => {
      // A linear congruential generator (Numerical Recipes); its high octet is even enough.
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    }),
  );
}
