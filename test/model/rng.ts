/** A small seeded random source (mulberry32): the same seed is the same history. */
export type Rng = () => number

export function rng(seed: number): Rng {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = a
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface Weighted {
  name: string
  weight: number
  run(): Promise<void> | void
}

export function pick(list: Weighted[], random: Rng): Weighted {
  let x = random() * list.reduce((sum, each) => sum + each.weight, 0)
  for (const each of list) {
    x -= each.weight
    if (x <= 0) return each
  }
  return list[list.length - 1] as Weighted
}
