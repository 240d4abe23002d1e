import { describe, expect, it } from 'vitest'
import { plan } from '../../../src/plan/plan.ts'
import { caseTable } from '../../../src/render/screen/case-table.ts'
import { displayWidth } from '../../../src/render/text/width.ts'
import { read } from '../../scenario/reading.ts'

const ink = { color: false, unicode: true, width: 80 } as const

function tableOf(cases: string): readonly string[] {
  const { workload, assumptions, name, file } = read(`version: 1
host: { memory: 8 GiB }
groups: { workers: { processes: 4, private: 1 GiB } }
cases: ${cases}
`)
  const result = plan(workload, { name, file, assumptions })
  return caseTable(result, result.cases ?? [], ink)
}

describe('the table of cases', () => {
  it('has a column for each, and no row for a strategy that is as the scenario', () => {
    const lines = tableOf(
      '{ twice: { groups.workers.processes: x2 }, half: { host.memory: x0.5 } }',
    )
    expect(lines[0]).toMatch(/^Case +as written +twice +half$/)
    expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual(
      expect.arrayContaining(['Case', 'Page tables', 'Headroom', 'Risk']),
    )
    expect(lines.find((line) => line.startsWith('Risk '))).toMatch(/^Risk +safe +oom +oom$/)
    expect(lines.some((line) => line.includes('base-pages'))).toBe(false)
  })

  it('has rows, the worst first, where columns are too wide', () => {
    const names = Array.from({ length: 12 }, (_, n) => `a name that is long ${n}`)
    const lines = tableOf(
      `{ ${names.map((name, n) => `${name}: { groups.workers.processes: ${n} }`).join(', ')} }`,
    )
    expect(lines[0]).toMatch(/^Case +Page tables +Headroom +Risk$/)
    expect(lines[1]).toMatch(/^as written /)
    expect(lines[2]).toMatch(/ oom$/)
    expect(lines.at(-1)).toBe('4 more cases are no worse: --format json has all of them.')
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80)
  })

  it('shows control characters of a name escaped', () => {
    const lines = tableOf('{ "a\\e[31mb": { host.memory: x2 } }')
    expect(lines.join('')).not.toContain('\x1b')
  })
})
