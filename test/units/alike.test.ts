import { expect, test } from 'vitest'
import { areAlikeBut } from '../../src/units/alike.ts'

const maps = [1]

test('objects are alike where all keys that are not left out have the same value', () => {
  const one = { name: 'clients', processes: 1, maps }
  const but = new Set(['processes'] as const)
  expect(areAlikeBut(one, { ...one, processes: 2 }, but)).toBe(true)
  expect(areAlikeBut(one, { ...one, name: 'others' }, but)).toBe(false)
  expect(areAlikeBut(one, { ...one, maps: [1] }, but)).toBe(false)
})

test('a key that only one of them has makes them unlike', () => {
  const one: { readonly name: string; readonly uid?: number } = { name: 'clients' }
  expect(areAlikeBut(one, { ...one, uid: 0 }, new Set())).toBe(false)
  expect(areAlikeBut({ ...one, uid: 0 }, one, new Set())).toBe(false)
})
