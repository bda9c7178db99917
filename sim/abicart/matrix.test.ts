import { expect, test } from 'vitest'
import { KNOBS } from './knobs.ts'
import { knobPositions } from './matrix.ts'

test('the matrix is as documented, each alternative alone, and twenty combinations that are the same every time', () => {
  const positions = knobPositions()
  const alternatives = Object.values(KNOBS).reduce((sum, values) => sum + values.length - 1, 0)
  expect(positions).toHaveLength(1 + alternatives + 20)
  expect(positions).toEqual(knobPositions())
  expect(new Set(positions.map(({ knobs }) => JSON.stringify(knobs))).size).toBe(positions.length)
  const mixed = positions.slice(-20)
  for (const [name, values] of Object.entries(KNOBS))
    expect(new Set(mixed.map(({ knobs }) => knobs[name as keyof typeof knobs])).size, `${name} in every position`).toBe(values.length)
})
