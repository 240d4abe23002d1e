import { expect, it } from 'vitest'
import { renderVerdicts } from '../../src/render/verdicts.ts'
import { lkml, lkmlGated } from './lkml-result.ts'

const plain = { color: false, unicode: true, width: 1000 }

it('judges each gate and names the ones that fail', () => {
  expect(renderVerdicts([lkmlGated], plain)).toBe(
    `FAIL  ${lkml.scenario.file}: as-described risk oom (at most tight, does not hold); ` +
      'as-described page tables 880.9 GiB (at most 1.0 TiB); ' +
      'hugetlb-2m headroom unknown (at least 1.0 GiB)\n',
  )
})

it('prints one line for each result', () => {
  const [, holds] = lkmlGated.gates
  const passed = {
    ...lkmlGated,
    gates: holds === undefined ? [] : [holds],
    verdict: 'pass',
  } as const
  const lines = renderVerdicts([lkmlGated, passed], plain).split('\n')
  expect(lines.map((line) => line.slice(0, 4))).toEqual(['FAIL', 'pass', ''])
})

it('lists the findings against a gate', () => {
  const gate = {
    metric: 'findings',
    strategy: 'as-described',
    limit: 'error',
    actual: 'error',
    unit: 'level',
    holds: false,
    against: ['MSP005', 'MSP009'],
  } as const
  expect(renderVerdicts([{ ...lkmlGated, gates: [gate] }], plain)).toContain(
    'does not hold: MSP005, MSP009)',
  )
})
