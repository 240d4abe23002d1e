import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

/** Its pool has 8 of 16 GiB. */
const few = `version: 1
host: { memory: 64 GiB, hugepages: { 2 MiB: 4096 } }
regions: { sga: { size: 16 GiB, backing: sysv-shm, pageSize: 2 MiB } }
groups: { g: { processes: 10, maps: [{ region: sga }] } }
strategies: [as-described, base-pages]
gates: { risk: tight }
`

async function answer(command: string, format: string): Promise<string> {
  return (await answerTo([command, 'few.yaml', '-f', format], { 'few.yaml': few })).stdout
}

it('metrics of what does not start say so, and have no headroom, which others have', async () => {
  const text = await answer('plan', 'openmetrics')
  const has = (metric: string, strategy: string): boolean =>
    new RegExp(`^mshare_plan_${metric}\\{.*strategy="${strategy}"`, 'm').test(text)
  expect(text).toMatch(/^mshare_plan_starts\{.*strategy="as-described".*\} 0$/m)
  expect(text).toMatch(/^mshare_plan_risk\{.*strategy="as-described",level="no-start"\} 1$/m)
  expect(text).toMatch(/^mshare_plan_risk\{.*strategy="as-described",level="safe"\} 0$/m)
  expect(has('headroom_bytes', 'as-described')).toBe(false)
  expect(has('headroom_ratio', 'as-described')).toBe(false)
  expect(has('page_tables_bytes', 'as-described')).toBe(true)
  expect(has('risk', 'base-pages')).toBe(true)
  expect(has('headroom_bytes', 'base-pages')).toBe(true)
})

it('a test report of what does not start says so', async () => {
  const text = await answer('check', 'junit')
  expect(text).toContain('<property name="starts" value="false"/>')
  expect(text).toContain('<property name="risk.level" value="no-start"/>')
  expect(text).not.toContain('memory.headroomBytes')
})
