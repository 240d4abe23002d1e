import { describe, expect, it } from 'vitest'
import type { GateResult } from '../../src/plan/result/gate-result.ts'
import type { Result } from '../../src/plan/result/result.ts'
import type { Ink } from '../../src/render/text/ink.ts'
import { renderVerdicts, verdictIn } from '../../src/render/verdicts.ts'
import { lkml, lkmlGated } from './lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const [risk, tables, unknown] = lkmlGated.gates

function printed(results: readonly Result[], ink: Ink): string {
  return renderVerdicts(results.map(verdictIn), ink)
}

function inFile(file: string, gates: readonly (GateResult | undefined)[] = [risk]): Result {
  const known = gates.filter((gate) => gate !== undefined)
  const verdict = known.every(({ holds }) => holds) ? 'pass' : 'fail'
  return { ...lkmlGated, scenario: { ...lkml.scenario, file }, gates: known, verdict }
}

const findings: GateResult = {
  metric: 'findings',
  strategy: 'as-described',
  limit: 'error',
  actual: 'error',
  unit: 'level',
  holds: false,
  against: ['MSP005', 'MSP009', 'MSP009'],
}

it('prints one line for each gate, with the strategy where another is judged', () => {
  expect(printed([inFile('sga.yaml', [risk, tables, unknown])], plain)).toBe(`\
FAIL  sga.yaml  risk                            oom  at most tight
ok    sga.yaml  page tables               880.9 GiB  at most 1.0 TiB
FAIL  sga.yaml  headroom of hugetlb-2m  not planned  at least 1.0 GiB
`)
})

it('counts several scenarios', () => {
  const [good, bad] = [inFile('a', [tables]), inFile('b')]
  const last = (...results: Result[]) => printed(results, plain).split('\n').at(-2)
  expect(last(bad, good, good)).toBe('3 scenarios: 1 failed, 2 passed.')
  expect(last(good, good)).toBe('2 scenarios: 2 passed.')
  expect(last(bad, bad)).toBe('2 scenarios: 2 failed.')
})

it('counts those without a result, so that no pass looks complete', () => {
  const [good, bad] = [inFile('a', [tables]), inFile('b')].map(verdictIn)
  const last = (verdicts: Parameters<typeof renderVerdicts>[0], unread: number) =>
    renderVerdicts(verdicts, plain, { unanswered: unread, failures: [] }).split('\n').at(-2)
  if (good === undefined || bad === undefined) throw new Error('no verdicts')
  expect(last([good], 1)).toBe('2 scenarios: 1 passed, 1 without a result.')
  expect(last([bad, good], 1200)).toBe(
    '1,202 scenarios: 1 failed, 1 passed, 1,200 without a result.',
  )
})

describe('a long path', () => {
  const folder = 'inventory/'.repeat(8)

  it('is cut on the left', () => {
    const text = printed([inFile(`${folder}sga.yaml`)], plain)
    expect(text).toMatch(/^FAIL {2}….*\/sga\.yaml {2}risk {2}oom {2}at most tight\n$/)
    expect(text).toHaveLength(81)
  })

  it('is cut on the left in ASCII', () => {
    const text = printed([inFile(`${folder}sga.yaml`)], { ...plain, unicode: false })
    expect(text).toMatch(/^FAIL {2}\.\.\..*\/sga\.yaml {2}risk/)
    expect(text).toHaveLength(81)
  })

  it('stays whole where two files would look alike', () => {
    const text = printed([inFile(`a/${folder}sga.yaml`), inFile(`b/${folder}sga.yaml`)], {
      ...plain,
      width: 60,
    })
    expect(text.replaceAll(/\n {6}/g, '')).toContain(`FAIL  a/${folder}sga.yaml: risk`)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
  })
})

describe('a note', () => {
  it('names the findings against a gate once each', () => {
    expect(printed([inFile('a', [findings])], plain)).toBe(
      'FAIL  a  findings  error  below error  found: MSP005, MSP009\n',
    )
  })

  it('gives the reason of each waiver', () => {
    const [finding] = lkml.findings
    if (finding === undefined) throw new Error('the example has no finding')
    const waived = { until: '2027-01-31', reason: 'the pooler comes\nin January' }
    const { against: _, ...gate } = { ...findings, actual: 'none' as const, holds: true }
    const result = { ...inFile('a', [gate]), findings: [{ ...finding, waived }] }
    expect(printed([result], plain)).toBe(
      `ok    a  findings  none  below error\n` +
        `      waived: ${finding.id} (the pooler comes\\x0ain January) until 2027-01-31\n`,
    )
  })

  it('says what keeps the strategy from starting', () => {
    const gate = { ...findings, metric: 'risk', limit: 'tight', reason: 'huge-pages' } as const
    const { actual: _, against: __, ...refused } = gate
    expect(printed([inFile('a', [refused])], plain)).toBe(
      'FAIL  a  risk  no start  at most tight  huge pages are missing\n',
    )
  })
})

it('paints the word only', () => {
  const text = printed([inFile('a', [tables])], { ...plain, color: true })
  expect(text).toBe('\u001b[32mok\u001b[39m    a  page tables  880.9 GiB  at most 1.0 TiB\n')
})

it('names the line of a scenario that is not alone in its file', () => {
  const second = inFile('fleet.ndjson')
  const inLine = { ...second, scenario: { ...second.scenario, line: 7 } }
  const text = printed([second, inLine, inFile('sga.yaml')], plain)
  expect(text.match(/\S+[.]\S+/g)).toEqual(['fleet.ndjson:1', 'fleet.ndjson:7', 'sga.yaml'])
})
