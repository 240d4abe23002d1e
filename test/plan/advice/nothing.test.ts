import { expect, test } from 'vitest'
import { mib, planned } from '../../build.ts'
import { lkml } from './advised.ts'

test('only mshare would help: then there is nothing to do, and it says so', () => {
  const result = planned(lkml({ backing: 'file' }, 150))
  expect(result.advice).toEqual([])
  expect(result.nothingToDo?.reason).toBe('only-proposed')
})

test('without regions no sharing can be judged', () => {
  const none = planned({ groups: { idle: { processes: 3, private: mib } } })
  expect(none.nothingToDo?.reason).toBe('no-regions')
})

test('without processes there is nothing to advise', () => {
  const none = planned({ regions: {}, groups: {} })
  expect(none.nothingToDo?.reason).toBe('no-processes')
})
