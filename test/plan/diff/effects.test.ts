import { expect, it } from 'vitest'
import { effectsOf } from '../../../src/plan/diff/effects.ts'
import { server } from './side.ts'

const mib = 2 ** 20

it('nothing is done where nothing changed', () => {
  expect(effectsOf(server(), server())).toEqual([])
})

it('a process more takes the tables of what it maps, and its own', () => {
  const to = server({ 'groups.workers.processes': '101' })
  // 8 GiB at 2 MiB a table are 4096 tables; 8 of pmd, one of pud, the PGD, and 160 KiB of its own.
  const tables = (4096 + 8 + 1 + 1) * 4096 + 160 * 1024
  expect(effectsOf(server(), to)).toEqual([
    {
      paths: ['groups.workers.processes'],
      pageTableBytes: tables,
      headroomBytes: -(tables + 48 * 1024),
      risk: 'safe',
    },
  ])
})

it('each change is on top of those before it, and together they are the whole', () => {
  const [from, to] = [
    server(),
    server({ 'groups.workers.processes': '200', 'groups.workers.private': '1 MiB' }),
  ]
  const effects = effectsOf(from, to)
  expect(effects.map(({ paths }) => paths)).toEqual([
    ['groups.workers.processes'],
    ['groups.workers.private'],
  ])
  // Of 200 processes, not of 100: it was put in after them.
  expect(effects[1]?.headroomBytes).toBeLessThanOrEqual(-200 * mib)
  const sum = (list: typeof effects) =>
    list.reduce((total, { pageTableBytes }) => total + pageTableBytes, 0)
  expect(sum(effects)).toBe(-sum(effectsOf(to, from)))
})
