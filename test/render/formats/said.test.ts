import { expect, it } from 'vitest'
import {
  findingText,
  gateName,
  gateText,
  isAboutThis,
  placeText,
  verdictText,
} from '../../../src/render/formats/said.ts'
import { resultOf } from '../../scenarios/shipped.ts'

it('says the verdict, a gate and a finding in one line each', async () => {
  const result = await resultOf('oracle-sga-300g')
  expect(verdictText(result)).toMatch(/^OUT OF MEMORY: 677[.]8 GiB short[.] .*\.$/)
  expect(placeText(result)).toBe('scenarios/oracle-sga-300g.yaml')
  const gate = {
    metric: 'risk',
    strategy: 'mshare',
    limit: 'tight',
    actual: 'oom',
    unit: 'level',
    holds: false,
  } as const
  expect(gateName(gate, result)).toBe('risk of mshare (proposed) at most tight')
  expect(gateText(gate, result)).toBe('risk of mshare (proposed) at most tight: risk oom')
  const [finding] = result.findings
  if (finding === undefined) throw new RangeError('no finding')
  const waived = { until: '2027-01-31', reason: 'known\u001b' }
  expect(findingText({ ...finding, waived }, result)).toMatch(
    / Next: .* Waived until 2027-01-31: known\\x1b$/,
  )
})

it('knows findings about other strategies than the one that is judged', async () => {
  const result = await resultOf('oracle-sga-300g')
  const [finding] = result.findings
  if (finding === undefined) throw new RangeError('no finding')
  expect(isAboutThis({ ...finding, strategy: 'as-described' }, result)).toBe(true)
  expect(isAboutThis({ ...finding, strategy: 'mshare' }, result)).toBe(false)
})
