import { expect, it } from 'vitest'
import { privateMemoryOf } from '../../../src/capture/draft/private-memory.ts'

const sessions = { processes: 10, rss: 1000, mapped: 900 }
const others = { processes: 2, rss: 500, mapped: 0 }

it('lies between RSS less what is mapped, and RSS', () => {
  const [one] = privateMemoryOf([sessions], { anonymous: undefined, swapped: 0 })
  // Half way from 100 to 1000.
  expect(one).toEqual({ kib: 550, resident: 550, least: 100, most: 1000 })
})

it('of all groups together is AnonPages', () => {
  // At least 10 · 100 + 2 · 500 = 2000; the other 900 of 9000 that are possible are a tenth.
  const found = privateMemoryOf([sessions, others], { anonymous: 2900, swapped: 0 })
  expect(found.map(({ kib }) => kib)).toEqual([190, 500])
})

it('is RSS where AnonPages has more than all of them', () => {
  const found = privateMemoryOf([sessions, others], { anonymous: 50_000, swapped: 0 })
  expect(found.map(({ kib }) => kib)).toEqual([1000, 500])
})

it('is less than RSS where AnonPages has less: the rest is of files', () => {
  const found = privateMemoryOf([others], { anonymous: 500, swapped: 0 })
  expect(found.map(({ kib }) => kib)).toEqual([250])
})

it('is what a list shows as not shared', () => {
  const [one] = privateMemoryOf([{ ...sessions, shared: 700 }], {
    anonymous: undefined,
    swapped: 0,
  })
  expect(one).toMatchObject({ kib: 300, least: 300, most: 300 })
})

it('has a part of what is swapped out, in proportion', () => {
  const found = privateMemoryOf([sessions, others], { anonymous: 2900, swapped: 2900 })
  expect(found.map(({ kib, resident }) => [kib, resident])).toEqual([
    [380, 190],
    [1000, 500],
  ])
})
