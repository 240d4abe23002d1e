import { expect, it } from 'vitest'
import type { Result } from '../../../src/plan/result/result.ts'
import {
  findingText,
  gateName,
  gateText,
  isAboutThis,
  judgedText,
  placeText,
  verdictText,
} from '../../../src/render/formats/said.ts'
import { answerTo, resultOf } from '../../scenarios/shipped.ts'

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
  expect(gateText(gate, result)).toBe('risk of mshare (proposed) at most tight: risk out of memory')
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

const doubled = `extends: scenarios/oracle-sga-300g-huge-pages.yaml
cases:
  "night: batch": { groups.clients.processes: x100 }
  bigger: { regions.sga.size: x2 }
gates: { risk: tight, cases: all }
`

it('has the figures of the case that a gate judges, and not those of the scenario', async () => {
  const { stdout } = await answerTo(['d.yaml', '-f', 'json'], { 'd.yaml': doubled })
  const result = JSON.parse(stdout) as Result
  const texts = result.gates.map((gate) => [gateText(gate, result), judgedText(gate, result)])
  expect(texts[0]?.[1]).toMatch(/^SAFE: /)
  expect(texts.slice(1)).toEqual([
    [
      'risk, case "night: batch" at most tight: risk out of memory',
      expect.stringMatching(
        /^Case "night: batch": out of memory, page tables .*headroom -.* GiB[.]$/,
      ),
    ],
    [
      'risk, case bigger at most tight: it does not start (huge pages are missing)',
      'Case bigger: does not start.',
    ],
  ])
})

it.each([
  ['{ from: 1, to: 3000 }', /^At worst: out of memory, page tables 1[.]7 TiB, headroom -/],
  ['{ p50: 250, p95: 500 }', /^One time in 20 this or worse: out of memory, page tables 29[34][.]/],
])('has the figures of ranges that a gate is judged by: %s', async (range, expected) => {
  const ranged = `extends: scenarios/oracle-sga-300g.yaml
groups: { clients: { processes: ${range} } }
gates: { risk: tight, findings: error }
`
  const { stdout } = await answerTo(['r.yaml', '-f', 'json'], { 'r.yaml': ranged })
  const result = JSON.parse(stdout) as Result
  const [risk, findings] = result.gates
  if (risk === undefined || findings === undefined) throw new RangeError('no gate')
  expect(judgedText(risk, result)).toMatch(expected)
  // Findings are those of the plan.
  expect(judgedText(findings, result)).toBe(verdictText(result))
  const texts = ['junit', 'github', 'sarif'].map(async (format) => {
    const printed = await answerTo(['r.yaml', '-f', format], { 'r.yaml': ranged })
    return printed.stdout
  })
  for (const text of await Promise.all(texts)) expect(text).toContain(judgedText(risk, result))
})
