import { describe, expect, it } from 'vitest'
import { uncountedLevels } from '../../../src/capture/host/uncounted-levels.ts'
import { captureOf, readBack, strategyOf, verifyOf } from '../copied-tree.ts'

const kib = 1024
const byTitle = ['--group-by', 'title'] as const

describe('levels that a kernel does not count', () => {
  const levels = (release: string) =>
    uncountedLevels({
      files: new Map([['proc/sys/kernel/osrelease', release]]),
      processes: [],
    })

  it('are pmd and pud before 4.0, and none from 4.15 on', () => {
    expect(levels('2.6.32-754.el6.x86_64')).toEqual(['pmd', 'pud'])
    expect(levels('3.19.0')).toEqual(['pmd', 'pud'])
    expect(levels('4.15.0-20-generic')).toEqual([])
    expect(levels('6.18.44')).toEqual([])
    expect(levels('')).toEqual([])
  })
})

describe('Linux 4.14, which has a VmPMD', () => {
  it('has all tables in VmPTE and VmPMD: 416 kB, 260 of the region and 156 of the program', async () => {
    const told = await captureOf('vmpmd-4-14', ...byTitle)
    const { workload } = readBack(told)
    expect(workload.groups).toMatchObject([{ processes: 2, baseTables: 156 * kib }])
    expect(told.text).toContain('touched: all')
    expect(told.stderr).not.toContain('seems to take')
    expect(told.stderr).toContain('its VmPTE and VmPMD count pte and pmd tables')
  })

  it('plans base pages with the tables of all 64 GiB', async () => {
    const read = readBack(await captureOf('vmpmd-4-14', ...byTitle))
    const { pageTables } = strategyOf(read, 'base-pages')
    // 64 GiB in spans of 2 MiB, for each.
    expect(pageTables.levels.pte?.tables).toBe(2 * 32_768)
  })

  it('is verified with the pud table that it does not count: as predicted', async () => {
    const { status, text } = await verifyOf('vmpmd-4-14', ...byTitle)
    expect(status).toBe(0)
    expect(text).toContain('VmPTE of 2 processes: 840.0 KiB measured, exactly as predicted.')
  })
})

describe('Linux 3.10, whose VmPTE is pte tables alone', () => {
  it('neither bounds nor pays for the pmd tables of the segment', async () => {
    const told = await captureOf('hugetlb-before-4-4', ...byTitle)
    const { workload } = readBack(told)
    expect(workload.groups).toMatchObject([{ processes: 3, baseTables: 300 * kib }])
    expect(told.stderr).toContain('its VmPTE counts pte tables only')
    expect(told.stderr).not.toContain('seems to take')
  })

  it('is verified with the pmd and pud tables as planned: 65 and 1', async () => {
    const { text } = await verifyOf('hugetlb-before-4-4', ...byTitle)
    // 3 · (300 + 66 · 4) KiB
    expect(text).toContain('VmPTE of 3 processes: 1.7 MiB measured, exactly as predicted.')
    const { text: captured } = await captureOf('hugetlb-before-4-4', ...byTitle)
    expect(captured).toContain('vmPte: 1692 KiB')
  })
})
