import { describe, expect, it } from 'vitest'
import type { OomReport } from '../../../src/importers/oom-report/log/report.ts'
import { cgroupParts, machineParts } from '../../../src/importers/oom-report/memory-parts.ts'
import { firstReport, logText, podLog, webLog } from './fixtures.ts'

const web = firstReport(logText(webLog))
const counting = (counters: Readonly<Record<string, number>>): OomReport => ({
  ...web,
  memory: { ...web.memory, kernelStackKib: 16, counters: new Map(Object.entries(counters)) },
})

describe('parts of a machine', () => {
  const lists = { active_anon: 100, inactive_anon: 40, isolated_anon: 2 }
  it('shared memory is on the lists of anonymous memory', () => {
    expect(
      machineParts(counting({ ...lists, shmem: 90, unevictable: 7, pagetables: 5, free: 3 }), 4096),
    ).toEqual({
      free: 3 * 4096,
      anonymous: 52 * 4096,
      shared: 90 * 4096,
      locked: 7 * 4096,
      pageTables: 5 * 4096,
      kernelStack: 16 * 1024,
    })
  })

  it('locked shared memory is among the unevictable pages', () => {
    const parts = machineParts(counting({ ...lists, shmem: 200, unevictable: 60 }), 4096)
    expect(parts).toMatchObject({ anonymous: 0, shared: 200 * 4096, locked: 2 * 4096 })
  })

  it('that the report lacks are absent', () => {
    expect(machineParts(counting({}), 4096)).toEqual({ kernelStack: 16 * 1024 })
  })
})

describe('parts of a cgroup', () => {
  const pod = firstReport(logText(podLog))
  it('v2: what memory.stat counts', () => {
    expect(cgroupParts(pod, 1)).toMatchObject({
      anonymous: 925_286_400,
      shared: 12_709_888_000,
      file: 8_192_000,
      pageTables: 3_277_824_000,
      kernel: 3_536_502_784,
    })
  })

  it('v1: totals of the cgroups below, page tables by the list', () => {
    const stats = new Map([
      ['cache', 1],
      ['total_cache', 900],
      ['total_rss', 70],
      ['total_shmem', 600],
    ])
    expect(cgroupParts({ ...pod, cgroup: { stats, kernelUsage: 4 } }, 4096)).toEqual({
      anonymous: 70,
      shared: 600,
      file: 300,
      pageTables: 4096,
      kernel: 4096,
    })
  })
})
