import { describe, expect, test } from 'vitest'
import type { Program } from '../../../src/workload/region.ts'
import { gib, planned, strategy } from '../../build.ts'
import { advised, idsOf, linesOf, lkml, reasonFor } from './advised.ts'
import { applied, resultOfText } from './applied.ts'

describe('a pooler', () => {
  test('is safe with the number it is given, and not with one more', () => {
    const { safeProcesses, pageTableBytes } = advised(planned(lkml()), 'pooler')
    expect(safeProcesses).toBe(270)
    expect(strategy(planned(lkml({}, 270)), 'as-described')).toMatchObject({
      risk: { level: 'safe' },
      pageTables: { bytes: pageTableBytes },
    })
    expect(strategy(planned(lkml({}, 271)), 'as-described').risk.level).not.toBe('safe')
  })

  test('is not advised where all is safe, nor to one process', () => {
    expect(idsOf(planned(lkml({}, 200)))).not.toContain('pooler')
    expect(idsOf(planned(lkml({ size: 520 * gib }, 1)))).not.toContain('pooler')
  })

  test('is no help where not even one process is safe', () => {
    expect(reasonFor(planned(lkml({ size: 500 * gib })), 'pooler')).toBe('never-safe')
  })

  test('has the lines of the program whose memory the group maps', () => {
    const of = (program: Program) =>
      advised(planned(lkml({ backing: 'anonymous-shared', program })), 'pooler')
    expect(linesOf(of('postgresql'), 'connections')).toEqual(['max_db_connections = 270'])
    expect(of('other').settings).toEqual([])
  })
})

/** Two instances of 50 processes with 100 MiB each, on 8 GiB. */
const text = `
version: 1
host: { memory: 8 GiB, minFree: 0 B, thp: { anonymous: never } }
regions:
  shm: { size: 2 MiB, backing: sysv-shm, copies: 2 }
groups:
  web:
    processes: 50
    copies: 2
    private: 100 MiB
    baseTables: 300 KiB
    kernelMemory: 48 KiB
    maps: [{ region: shm }]
strategies: [as-described]
`

test('a pooler has as many processes in each instance, as the scenario writes them', () => {
  const { advice } = resultOfText(text)
  const pooler = advice.find(({ action }) => action === 'pooler')
  if (pooler?.action !== 'pooler') throw new RangeError('no pooler is advised')
  // 0.9 · 8 GiB, less 2 · 2 MiB; each takes 100 MiB, 300 + 48 KiB and four tables.
  const each = 100 * 2 ** 20 + 348 * 1024 + 4 * 4096
  const safe = Math.floor((0.9 * 2 ** 33 - 2 ** 22) / (2 * each))
  expect(pooler).toMatchObject({ group: 'web', processes: 50, safeProcesses: safe })
  expect(pooler.changes).toContainEqual({ path: 'groups.web.processes', value: safe })

  const [after] = resultOfText(applied(text, pooler)).strategies
  expect(after).toMatchObject({
    pageTables: { bytes: pooler.pageTableBytes },
    memory: { headroomBytes: pooler.headroomBytes },
    risk: { level: 'safe' },
  })
})

test('a pooler names the group that the scenario has, where the pool holds some instances', () => {
  const short = text
    .replace('minFree', 'hugepages: { 2 MiB: 1 }, minFree')
    .replace('backing: sysv-shm', 'backing: sysv-shm, pageSize: 2 MiB, fallback: base-pages')
  const pooler = resultOfText(short).advice.find(({ action }) => action === 'pooler')
  if (pooler?.action !== 'pooler') throw new RangeError('no pooler is advised')
  expect(pooler.group).toBe('web')
  const paths = pooler.changes.map(({ path }) => path)
  expect(paths.filter((path) => path.includes('processes'))).toEqual(['groups.web.processes'])
  const [after] = resultOfText(applied(short, pooler)).strategies
  expect(after).toMatchObject({
    memory: { headroomBytes: pooler.headroomBytes },
    risk: { level: 'safe' },
  })
})
