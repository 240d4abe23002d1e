import { describe, expect, it } from 'vitest'
import { renderScreen } from '../../../src/render/screen/screen.ts'
import type { ReportParts } from '../../plan/postmortem/reports.ts'
import { fullOf, resultOf } from '../../plan/postmortem/reports.ts'
import { plain } from './servers.ts'

function screen(parts: ReportParts): string {
  return renderScreen(resultOf(parts), plain)
}

/** From the heading of the advice on. */
function prevention(parts: ReportParts): string {
  return screen(parts).split('WHAT WOULD HAVE PREVENTED IT\n')[1] ?? ''
}

const tables = `${fullOf}, free: 64 MiB, anonymous: 4 GiB, shared: 16 GiB, pageTables: 43 GiB }`

describe('the screen of a postmortem', () => {
  it('fits on 40 lines of 80 columns, however much there is to tell', () => {
    const groups = ['a', 'b', 'c', 'd', 'e', 'f']
      .map((name) => `${name}: { processes: 200, vmPte: 7 GiB }`)
      .join(', ')
    const text = screen({
      report: `${tables}, time: now, reports: 2, killed: [{ process: oracle, pid: 7, group: sessions, anonymous: 2 MiB, shared: 16 GiB, pageTables: 32 MiB }], listed: { processes: 1200, partial: true }, chosen: { process: java, pid: 9, group: batch }`,
      measured: `groups: { ${groups} }`,
    })
    const lines = text.split('\n').slice(0, -1)
    expect(lines.length).toBeLessThanOrEqual(40)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('advises what would have kept page tables small, with its lines', () => {
    const text = prevention({ report: tables })
    expect(text).toMatch(/^1\. Put data on huge pages of 2 MiB: safe\./)
    expect(text).toContain('    vm.nr_hugepages = 8192')
  })

  it('advises nothing about page tables where they are not the problem', () => {
    const text = prevention({ report: `${fullOf}, anonymous: 60 GiB, pageTables: 192 MiB }` })
    expect(text).not.toMatch(/on huge pages|pool connections/)
    expect(text).toMatch(/^1\. Add memory: /)
  })

  it('says so where the plan of the processes fits: the log does not show all', () => {
    const report = `${fullOf}, anonymous: 60 GiB, pageTables: 1 MiB }`
    const text = prevention({ report, sessions: 10 })
    expect(text.replaceAll('\n', ' ')).toMatch(
      /^Planned from the log, these processes fit, with 47\.\d GiB left: the log does not show all that they used\. Huge pages would not have helped\. Use less private memory, or add memory\./,
    )
  })

  it('does not say that huge pages would not have helped where page tables are unknown', () => {
    for (const more of ['', ', listed: { processes: 1, partial: true }']) {
      const report = `${fullOf}, anonymous: 60 GiB }${more}`
      const text = prevention({ report, sessions: 10 }).replaceAll('\n', ' ')
      expect(text).toContain(
        'whether huge pages would have helped is unknown. Run mshare-plan capture',
      )
      expect(text).not.toContain('would not have helped')
    }
  })

  it('plans a list that is cut, and says so', () => {
    const report = `${fullOf}, pageTables: 20 GiB }, listed: { processes: 1, partial: true }`
    const text = prevention({ report, sessions: 10 }).replaceAll('\n', ' ')
    expect(text).toMatch(
      /^The plan has only the processes that the log shows\. The log does not show which memory could be on huge pages\./,
    )
    expect(text).not.toContain('these processes fit')
  })

  it.each([
    ['constraint: cpuset, memory: { total: 64 GiB, free: 30 GiB }', 'Let the process use more'],
    [`${fullOf}, free: 20 GiB }, order: 4`, 'Raise vm.min_free_kbytes'],
    [`${fullOf}, free: 20 GiB }`, 'Look at the zones in the log'],
    [`${fullOf}, free: 60 GiB }, order: -1`, 'Nothing ran out: find out who pressed SysRq f'],
  ])('advises what helps where memory was free: %s', (report, words) => {
    const text = prevention({ report })
    expect(text.startsWith(words)).toBe(true)
    expect(text).not.toContain('huge pages')
  })
})
