import { describe, expect, test } from 'vitest'
import type {
  CauseKind,
  GroupComparison,
  RegionCause,
  RegionOutcome,
  VerifyResult,
} from '../../src/plan/result/verify-result.ts'
import { displayWidth } from '../../src/render/text/width.ts'
import { renderVerify } from '../../src/render/verify.ts'

const plain = { color: false, unicode: true, width: 80 }
const kib = 1024

/** Every kind: one that is missing is a compile error. */
const kinds: Readonly<Record<CauseKind, string>> = {
  chance: 'drawn at random',
  rounding: 'an average',
  'other-pages': 'other pages than planned',
  'own-tables': 'other tables than baseTables',
  'empty-tables': 'without touched pages',
  'small-pages': 'base pages where',
  short: 'fewer pages were touched',
  'unknown-levels': 'counts differently from VmPTE',
  'not-captured': 'were not measured',
  'kernel-tables': 'the kernel itself',
  'not-measured': 'groups that are predicted',
  'shared-tables': 'not in the scenario',
}

function group(name: string, residualBytes: number): GroupComparison {
  const causes = Object.keys(kinds).map((kind) => {
    const bytes = kind === 'short' ? -8 * kib : 4 * kib
    return { kind: kind as CauseKind, bytes, leastBytes: -8 * kib, mostBytes: 32 * kib }
  })
  const figures = { measuredBytes: 1000 * kib, predictedBytes: 1000 * kib - residualBytes }
  return {
    name,
    compared: true,
    processes: 1000,
    scenarioProcesses: 2000,
    ...figures,
    leastBytes: 0,
    mostBytes: 2000 * kib,
    residualBytes,
    residualFraction: residualBytes / figures.measuredBytes,
    causes,
    unexplainedBytes: 3,
  }
}

const result: VerifyResult = {
  schema: 'mshare-plan/verify/1',
  tool: { name: 'mshare-plan', version: '0' },
  scenario: { name: 'データ\u001b[2J', file: 'a.yaml', fingerprint: '' },
  host: {
    layout: 'x86-64',
    kernel: '6.18',
    memoryBytes: 2 ** 34,
    swapBytes: 0,
    pti: false,
    pageBytes: 4096,
  },
  status: 'proposed',
  groups: [
    group('\u202eclients', 28 * kib),
    { name: 'unseen', compared: false, scenarioProcesses: 1 },
  ],
  pageTables: {
    ...(group('', 1) as Extract<GroupComparison, { compared: true }>),
    parts: [
      { kind: 'groups', processes: 1, bytes: 4096 },
      { kind: 'elsewhere', processes: 2, bytes: 8192 },
      { kind: 'level', level: 'pgd', bytes: 4096 },
      { kind: 'level', level: 'pud', bytes: -4096 },
      { kind: 'links', tables: 1, onceBytes: 4096, inVmPteBytes: 8192, bytes: -4096 },
      { kind: 'mshare', bytes: 4096 },
    ],
    sumVmPteBytes: 1001 * kib,
  },
  gates: [{ metric: 'residual', group: 'unseen', unit: 'bytes', holds: false }],
  verdict: 'fail',
}

/** Every kind: one that is missing is a compile error. */
const regionCauses: Readonly<Record<RegionCause['kind'], string>> = {
  'not-found': 'no process of its groups maps memory of this name or size',
  private: 'its private memory is on base pages, or was not captured',
  'pool-too-small': 'is on base pages, planned: 2 MiB huge pages; the pool has 1 huge page',
  'pool-taken': 'the pool has 3 huge pages left, and it needs 512',
  'not-asked': 'the program was not restarted, or does not ask for them',
  'other-pages': '3 more regions: see below.',
}

function outcome(cause: RegionCause): RegionOutcome {
  const base = { pageBytes: 4096, thp: false }
  const isFound = cause.kind !== 'not-found' && cause.kind !== 'private'
  return {
    name: `a-${cause.kind}\u001b`,
    sizeBytes: 2 ** 30,
    planned: [{ pageBytes: 2 ** 21, thp: false }],
    found: isFound ? [{ ...base, name: 'segment', sizeBytes: 3 * 2 ** 30 }] : [],
    ...(isFound ? { by: 'name' as const } : {}),
    holds: false,
    cause,
  }
}

const causes: readonly RegionCause[] = [
  { kind: 'pool-too-small', needed: 512, pages: 1 },
  { kind: 'pool-taken', needed: 512, available: 3 },
  { kind: 'not-asked', needed: 512, available: 600 },
  { kind: 'not-found' },
  { kind: 'private' },
  { kind: 'other-pages' },
]

const ofForecast: VerifyResult = {
  ...result,
  forecast: {
    strategy: { id: 'hugetlb-2m', kind: 'hugetlb', pageBytes: 2 ** 21, status: 'mainline' },
    holds: false,
    plannedKernel: '5.15',
    matches: [
      {
        name: 'clients',
        found: ['postgres: backends'],
        by: 'command',
        processes: 9,
        plannedProcesses: 1,
      },
      { name: 'batch', found: [], processes: 0, plannedProcesses: 0 },
    ],
    otherGroups: ['sshd'],
    regions: causes.map(outcome),
    pools: [{ pageBytes: 2 ** 21, plannedPages: 512, pages: 100 }],
  },
}

const view = renderVerify(result, plain)
const flat = view.replace(/\s+/g, ' ')

describe('measured against predicted', () => {
  test.each(Object.entries(kinds))('a residual with the cause %s says so', (_, words) => {
    expect(flat).toContain(words)
  })

  test('says what is left unexplained, to the byte', () => {
    expect(flat).toContain('+3 B: unexplained')
  })

  test('says which groups are not compared, and whose numbers were edited', () => {
    expect(flat).toContain('unseen: not compared: none of its 1 process was measured')
    expect(flat).toContain('for the 1,000 processes that were measured; the scenario has 2,000 now')
  })

  test('prints unequal amounts that read alike exactly, and all of a sentence in one unit', () => {
    expect(flat).toContain(
      'PageTables: 1,024,000 B measured, 1,023,999 B predicted; residual +1 B, +0.0001 %.',
    )
  })

  test('explains a sum of VmPTE that is larger than PageTables', () => {
    expect(flat).toContain('is larger than PageTables, 1,000.0 KiB: hugetlb links 1 pmd table,')
  })

  test('labels what only mshare has as proposed', () => {
    expect(flat).toContain('mshare is proposed: in no released kernel.')
    expect(flat).toContain('exist once under mshare (proposed)')
  })

  test('a gate without data fails', () => {
    expect(view).toMatch(/group unseen +not measured +FAILS/)
  })

  test('a forecast says what did not come true, and why', () => {
    const text = renderVerify(ofForecast, plain).replace(/\s+/g, ' ')
    for (const words of Object.values(regionCauses)) expect(text).toContain(words)
    expect(text).toContain('NOT AS PLANNED with hugetlb-2m: 0 of 6 regions on the planned pages.')
    expect(text).toContain('clients runs as 9 processes, planned: 1 process with threads.')
    expect(text).toContain('No process was found of batch.')
    expect(text).toContain('clients: compared with "postgres: backends", by command.')
    expect(text).toContain('The forecast is for kernel 5.15; counters are those of this one.')
    expect(text).toContain('its size is 3.0 GiB now, and 1.0 GiB was planned')
    expect(text).toMatch(/2 MiB 512 100 unknown unknown/)
  })

  test.each([60, 80, 200])('of a forecast has no line wider than %d columns', (width) => {
    const lines = renderVerify(ofForecast, { ...plain, width }).split('\n')
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([])
    expect(lines.join('')).not.toContain('\u001b')
  })

  test.each([60, 80, 200])('has no line wider than %d columns, and hides nothing', (width) => {
    const text = renderVerify(result, { ...plain, width })
    expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([])
    expect(text).toContain('\\u202eclients')
    expect(text).toContain('\\x1b[2J')
    expect(text).not.toMatch(/[^\P{C}\n]/u)
  })

  test('is pure ASCII where that is asked for', () => {
    expect(renderVerify(result, { ...plain, unicode: false })).toMatch(/^[\x20-\x7e\n]*$/)
  })
})
