import { expect, it } from 'vitest'
import type { Task } from '../../../src/importers/oom-report/log/report.ts'
import { divide } from '../../../src/importers/oom-report/process-groups.ts'

const task = (pid: number, name: string, over: Partial<Task> = {}): Task => ({
  pid,
  uid: 0,
  name,
  rss: 1000,
  swap: 0,
  adj: 0,
  tableBytes: 4096 * 100,
  ...over,
})
const groupsOf = (tasks: readonly Task[], kept: readonly number[] = []) =>
  divide(tasks, 4096, ({ tableBytes = 0 }) => tableBytes, new Set(kept)).groups.map(
    ({ name, tasks: members }) => [name, members.length],
  )

it('commands that differ by numbers are one group; the same command keeps its own', () => {
  const tasks = [
    task(1, 'oracle_11_orc'),
    task(2, 'oracle_12_orc'),
    task(3, 'php-fpm7.4'),
    task(4, 'php-fpm7.4'),
  ]
  expect(groupsOf(tasks)).toEqual([
    ['oracle_N_orc', 2],
    ['php-fpm7.4', 2],
  ])
})

it('users and adjustments of one command are apart, each with a name of its own', () => {
  const tasks = [
    task(1, 'postgres', { uid: 26 }),
    task(2, 'postgres', { uid: 27 }),
    task(3, 'postgres', { uid: 27, adj: -900 }),
  ]
  expect(groupsOf(tasks).map(([name]) => name)).toEqual([
    'postgres',
    'postgres of uid 27',
    'postgres at -900',
  ])
})

it('small ones are one group, but for those that were killed', () => {
  const small = { rss: 1, tableBytes: 4096 }
  const tasks = [
    task(1, 'big', { rss: 10_000 }),
    task(2, 'a', small),
    task(3, 'b', small),
    task(4, 'c', small),
    task(5, 'other', { rss: 9000 }),
  ]
  expect(groupsOf(tasks, [4])).toEqual([
    ['big', 1],
    ['other of uid 0', 1],
    ['c', 1],
    ['other', 2],
  ])
  const { groupOf } = divide(tasks, 4096, () => 0, new Set())
  expect(groupOf(2)).toBe('other')
  expect(groupOf(99)).toBeUndefined()
})

it('a single small one keeps its name, whatever that is', () => {
  const tasks = [
    task(1, 'big', { rss: 1_000_000, tableBytes: 4096 * 100_000 }),
    task(2, '__proto__', { rss: 1, tableBytes: 0 }),
  ]
  expect(groupsOf(tasks)).toEqual([
    ['big', 1],
    ['__proto__', 1],
  ])
})
