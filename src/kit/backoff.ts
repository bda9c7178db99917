/** How long to wait before try number `n` (0, 1, 2 ...): doubles from `firstMs` to `mostMs`, spread by +-20 % so a crowd doesn't return together. */
export function backoffMs(n: number, firstMs: number, mostMs: number, random: () => number = Math.random): number {
  const base = Math.min(mostMs, firstMs * 2 ** Math.min(n, 30))
  return Math.round(base * (0.8 + 0.4 * random()))
}
