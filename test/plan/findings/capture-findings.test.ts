import { describe, expect, test } from 'vitest'
import { plan } from '../../../src/plan/plan.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

function planOf(text: string): Result {
  const reading = readScenario(text, 'captured.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return plan(reading.workload, reading)
}

const findingOf = (text: string, kind: string) =>
  planOf(text).findings.find((finding) => finding.kind === kind)

const unread = (measured: string, regions = '{}') => `
version: 1
host: { memory: 64 GiB }
regions: ${regions}
groups: { app: { processes: 50, baseTables: 1 MiB }, root: { processes: 4, baseTables: 0 B } }
measured: { pageTables: 60 MiB${measured} }
`

describe('a plan of processes whose mappings could not be read', () => {
  test('says so, and not that there is nothing to share', () => {
    const text = unread(', withoutMappings: 50')
    expect(findingOf(text, 'mappings-unread')).toEqual({
      id: 'MSP032',
      kind: 'mappings-unread',
      severity: 'warning',
      processes: 50,
      allProcesses: 54,
      regions: 0,
    })
    expect(findingOf(text, 'nothing-to-gain')).toBeUndefined()
    expect(findingOf(unread(''), 'mappings-unread')).toBeUndefined()
    expect(findingOf(unread(''), 'nothing-to-gain')).toBeDefined()
  })
})

const warm = (touched: string, more = 'measured: { pageTables: 60 MiB }') => `
version: 1
host: { memory: 64 GiB }
regions: { r: { size: 1 GiB } }
groups:
  backends: { processes: 10, baseTables: 0 B, maps: [{ region: r, touched: ${touched} }] }
  idle: { processes: 1, baseTables: 0 B }
${more}
`

describe('a plan of processes that have touched a part of what they map', () => {
  test('says what all of it would take, group by group', () => {
    // 128 of 512 pte tables, a pmd, a pud and a pgd page in each process; one pgd page is idle's.
    expect(findingOf(warm('{ first: 256 MiB }'), 'touched-in-part')).toEqual({
      id: 'MSP033',
      kind: 'touched-in-part',
      severity: 'note',
      strategy: 'as-described',
      bytes: (10 * 131 + 1) * 4096,
      allBytes: (10 * 515 + 1) * 4096,
      groups: [{ name: 'backends', processes: 10, bytes: 1310 * 4096, allBytes: 5150 * 4096 }],
    })
  })

  test('says nothing where all is touched, or no more tables come to it', () => {
    expect(findingOf(warm('all'), 'touched-in-part')).toBeUndefined()
    expect(findingOf(warm('{ every: 2 MiB }'), 'touched-in-part')).toBeUndefined()
  })

  test('says nothing of a plan that was not captured', () => {
    expect(findingOf(warm('{ first: 256 MiB }', ''), 'touched-in-part')).toBeUndefined()
  })
})
