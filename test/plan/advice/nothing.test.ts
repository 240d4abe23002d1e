import { expect, test } from 'vitest'
import { mib, planned } from '../../build.ts'
import { lkml } from './advised.ts'
import { resultOfText } from './applied.ts'

test('only mshare would help: then there is nothing to do, and it says so', () => {
  const result = planned(lkml({ backing: 'file' }, 150))
  expect(result.advice).toEqual([])
  expect(result.nothingToDo?.reason).toBe('only-proposed')
})

test('without regions no sharing can be judged', () => {
  const none = planned({ groups: { idle: { processes: 3, private: mib } } })
  expect(none.nothingToDo?.reason).toBe('no-regions')
})

test('where all mappings were captured and none is shared, no other capture would show more', () => {
  const text = `
version: 1
host: { memory: 64 GiB }
groups: { idle: { processes: 3 } }
measured: { pageTables: 60 MiB }
`
  expect(resultOfText(text).nothingToDo?.reason).toBe('nothing-shared')
  const unread = text.replace('60 MiB }', '60 MiB, withoutMappings: 1 }')
  expect(resultOfText(unread).nothingToDo?.reason).toBe('unread-mappings')
})

test('mappings that were not read decide only where more than a hundredth of memory is at stake', () => {
  const text = (baseTables: string) => `
version: 1
host: { memory: 64 GiB }
regions: { segment: { size: 1 MiB } }
groups:
  app: { processes: 50, baseTables: ${baseTables}, maps: [{ region: segment }] }
measured: { pageTables: 60 MiB, withoutMappings: 1 }
`
  expect(resultOfText(text('1 MiB')).nothingToDo?.reason).toBe('too-little')
  // 50 · 20 MiB are 1.5 % of memory.
  expect(resultOfText(text('20 MiB')).nothingToDo?.reason).toBe('unread-mappings')
})

test('without processes there is nothing to advise', () => {
  const none = planned({ regions: {}, groups: {} })
  expect(none.nothingToDo?.reason).toBe('no-processes')
})

test('nothing helps where neither the pool nor mshare fits: private huge pages fill memory', () => {
  const result = resultOfText(`
version: 1
host: { memory: 4 GiB }
regions:
  heap: { size: 2 MiB, objects: 4, backing: anonymous, pageSize: 2 MiB, fallback: base-pages }
  segment: { size: 2 MiB, backing: memfd, pageSize: 2 MiB }
groups:
  workers: { processes: 507, private: 1 MiB, maps: [{ region: heap }, { region: segment }] }
`)
  expect(result.advice).toEqual([])
  expect(result.nothingToDo?.reason).toBe('nothing-helps')
})

test('what does not start is told that nothing helps, though huge pages would set aside too much', () => {
  const result = resultOfText(`
version: 1
host: { memory: 4 GiB }
regions:
  heap: { size: 14 MiB, backing: anonymous, pageSize: 2 MiB, fallback: base-pages }
  own: { size: 2 MiB, backing: anonymous, pageSize: 2 MiB }
  segment: { size: 2 MiB, backing: sysv-shm }
groups:
  workers:
    processes: 1311
    private: 1 MiB
    maps: [{ region: heap, touched: 10% }, { region: own, touched: 10% }, { region: segment }]
`)
  expect(result.advice).toEqual([])
  expect(result.nothingToDo?.reason).toBe('nothing-helps')
})
