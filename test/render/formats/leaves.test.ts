import { expect, it } from 'vitest'
import { leavesOf } from '../../../src/render/formats/leaves.ts'

it('names the values of objects by their keys', () => {
  expect([...leavesOf({ a: { b: 'text', c: true } })]).toEqual([
    { path: 'a.b', value: 'text' },
    { path: 'a.c', value: true },
  ])
})

it('names items of lists by id, then by name, and by their place where two have the same', () => {
  const list = [{ id: 'mshare', n: 1 }, { name: 'x', n: 2 }, { name: 'x', n: 3 }, 4]
  expect(
    [...leavesOf({ list })].flatMap(({ path, value }) =>
      typeof value === 'number' ? [[path, value]] : [],
    ),
  ).toEqual([
    ['list.mshare.n', 1],
    ['list.1.n', 2],
    ['list.2.n', 3],
    ['list.3', 4],
  ])
})

it('takes the unit of a number from its name, then from what is beside it', () => {
  const value = { bytes: 1, headroomFraction: 0.5, tables: 2, limit: { unit: 'processes', now: 3 } }
  expect([...leavesOf(value)].map(({ unit }) => unit)).toEqual([
    'bytes',
    'fraction',
    'count',
    undefined,
    'processes',
  ])
})

it('has a line for what is empty', () => {
  expect([...leavesOf({ gates: [], change: null })]).toEqual([
    { path: 'gates', value: undefined },
    { path: 'change', value: undefined },
  ])
})
