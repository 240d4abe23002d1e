import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const oracle = 'scenarios/oracle-sga-300g.yaml'

it('has a suite for each scenario and a case for each gate', async () => {
  const words = ['check', oracle, '--max-risk', 'tight']
  const { stdout } = await answerTo([...words, '-f', 'junit'])
  expect(stdout).toContain('tests="1" failures="1" errors="0" skipped="0"')
  expect(stdout).toContain('<failure message="risk at most tight: risk out of memory" type="risk">')
  expect(stdout).not.toMatch(/ time=| timestamp=/)
})

it('skips the only case of a scenario without a gate', async () => {
  const { stdout } = await answerTo([oracle, '-f', 'junit'])
  expect(stdout).toContain('<skipped message="no gate is set"/>')
})

it('has an error for scenarios without a result', async () => {
  const { stdout, status } = await answerTo(['check', oracle, 'missing.yaml', '-f', 'junit'])
  expect(status).toBe(3)
  expect(stdout).toContain(
    '<error message="cannot read missing.yaml: no such file or directory" type="unread"/>',
  )
})

it('says of what does not start that it does not, and has no headroom for it', async () => {
  const few = `version: 1
name: few
host: { memory: 128 GB, hugepages: { 2 MiB: 8000 } }
regions: { buffers: { size: 32 GB, backing: anonymous-shared, pageSize: 2 MiB } }
groups: { web: { processes: 4, maps: [{ region: buffers }] } }
`
  const { stdout } = await answerTo(['few.yaml', '-f', 'junit'], { 'few.yaml': few })
  expect(stdout).toContain('<property name="starts" value="false"/>')
  expect(stdout).toContain('<property name="risk.level" value="no-start"/>')
  expect(stdout).not.toContain('memory.headroomBytes')
})
