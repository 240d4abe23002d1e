import { expect, it } from 'vitest'
import { planMetrics } from '../../../src/render/formats/open-metrics.ts'
import { answerTo, resultOf } from '../../scenarios/shipped.ts'

it('has the figures of each strategy in bytes, as the JSON has them', async () => {
  const { stdout } = await answerTo(['scenarios/oracle-sga-300g.yaml', '-f', 'openmetrics'])
  const labels =
    'file="scenarios/oracle-sga-300g.yaml",scenario="Oracle SGA of 300 GB, 1500 dedicated connections"'
  expect(stdout).toContain(
    `mshare_plan_page_tables_bytes{${labels},strategy="as-described"} 945838080000\n`,
  )
  expect(stdout).toContain(`mshare_plan_risk{${labels},strategy="as-described",level="oom"} 1\n`)
  expect(stdout).not.toContain('mshare_plan_pass')
  expect(stdout.endsWith('# EOF\n')).toBe(true)
})

it('tells two results of the same names apart', async () => {
  const result = await resultOf('mysql-threads')
  const results = () => [{ result }, { result }]
  const text = [...planMetrics({ results, unanswered: 1, failures: [] })].join('')
  const series = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/ \S+$/, ''))
  expect(new Set(series).size).toBe(series.length)
  expect(text).toContain('occurrence="2"')
  expect(text).toContain('mshare_plan_scenarios_without_result 1\n')
})

it('has no headroom, demand or limit of what does not start, and no level of risk but that', async () => {
  const scenario = `version: 1
name: few
host: { memory: 128 GB, hugepages: { 2 MiB: 8000 } }
regions: { buffers: { size: 32 GB, backing: anonymous-shared, pageSize: 2 MiB } }
groups: { web: { processes: 4, maps: [{ region: buffers }] } }
`
  const { stdout } = await answerTo(['few.yaml', '-f', 'openmetrics'], { 'few.yaml': scenario })
  const described = stdout.split('\n').filter((line) => line.includes('strategy="as-described"'))
  const text = described.join('\n')
  expect(text).toMatch(/^mshare_plan_starts\{.*\} 0$/m)
  expect(text).toMatch(/^mshare_plan_risk\{.*level="no-start"\} 1$/m)
  expect(text).toMatch(/^mshare_plan_risk\{.*level="safe"\} 0$/m)
  expect(text).not.toMatch(/headroom|demand|safe_limit/)
  // Other strategies plan the pool that they need, and start.
  expect(stdout).toMatch(/^mshare_plan_headroom_bytes\{.*strategy="hugetlb-2m"\} \d+$/m)
})

it('names the case of a gate, and numbers no gate otherwise when a case is inserted', async () => {
  const gatesWith = async (cases: string): Promise<readonly string[]> => {
    const scenario = `extends: scenarios/mysql-threads.yaml
cases: { ${cases}last: { host.memory: x2 } }
gates: { risk: tight, cases: all }
`
    const { stdout } = await answerTo(['c.yaml', '-f', 'openmetrics'], { 'c.yaml': scenario })
    const samples = stdout.split('\n').filter((line) => line.startsWith('mshare_plan_gate_holds{'))
    return samples.map((line) => line.replace(/^.*?("?,)(?=case|strategy)/, ''))
  }
  const two = await gatesWith('')
  expect(two).toEqual([
    'strategy="as-described",gate="risk"} 1',
    'case="last",strategy="as-described",gate="risk"} 1',
  ])
  const three = await gatesWith('"a \\"b\\"": { host.memory: x3 }, ')
  expect(three).toHaveLength(3)
  expect(three).toEqual(expect.arrayContaining([...two]))
  expect(three[1]).toContain(String.raw`case="a \"b\""`)
})
