import { describe, expect, test } from 'vitest'
import type {
  CauseKind,
  GroupComparison,
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
