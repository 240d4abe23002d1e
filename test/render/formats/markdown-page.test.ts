import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const oracle = 'scenarios/oracle-sga-300g.yaml'
const mysql = 'scenarios/mysql-threads.yaml'

it('has a table of several scenarios, worst first, and the details of each folded', async () => {
  const { stdout, status } = await answerTo([mysql, oracle, '-f', 'markdown'])
  expect(status).toBe(0)
  expect(stdout).toContain('## 2 scenarios, worst first\n')
  expect(stdout.indexOf(`| \`${oracle}\` | 880.9 GiB | 172 %`)).toBeGreaterThan(0)
  expect(stdout.indexOf(`| \`${oracle}\``)).toBeLessThan(stdout.indexOf(`| \`${mysql}\``))
  expect(stdout.match(/<details>/g)).toHaveLength(stdout.match(/<\/details>/g)?.length ?? 0)
})

it('has a row for each gate of check', async () => {
  const words = ['check', oracle, mysql, '--max-risk', 'tight', '-f', 'markdown']
  const { stdout, status } = await answerTo(words)
  expect(status).toBe(1)
  expect(stdout).toContain('## Memory plan: fail\n\n2 scenarios, 1 failed.\n')
  expect(stdout).toContain(
    `| **FAIL** | \`${oracle}\` | risk | oom | at most tight | -2 levels |\n`,
  )
  expect(stdout).toContain(`| ok | \`${mysql}\` | risk | safe | at most tight | 1 level |\n`)
})

it('counts scenarios that have no result', async () => {
  const { stdout, status } = await answerTo(['check', oracle, 'missing.yaml', '-f', 'markdown'])
  expect(status).toBe(3)
  expect(stdout).toContain(
    '**1 without a result:**\n\n- cannot read missing.yaml: no such file or directory\n',
  )
})

it('stays within a comment on GitHub, and says what has no room', async () => {
  const many = Array.from(
    { length: 40 },
    (_, index) => [`s${index}.yaml`, scenario(index)] as const,
  )
  const files = Object.fromEntries(many)
  const { stdout } = await answerTo([...Object.keys(files), '-f', 'markdown'], files)
  expect(stdout).toContain('| `s39.yaml` |')
  expect(stdout.length).toBeLessThan(65_536)
  expect(stdout).toMatch(
    /No room on this page, see `--format json`: Details of a scenario \(\d+ times\)\.\n$/,
  )
})

function scenario(index: number): string {
  return `version: 1
name: server ${index}
host: { memory: 64 GB }
regions: { sga: { size: 40 GB } }
groups: { clients: { processes: ${500 + index}, maps: [{ region: sga }] } }
`
}

it('names the case of a gate', async () => {
  const scenario = `extends: scenarios/mysql-threads.yaml
cases: { "night | batch": { host.memory: x2 } }
gates: { risk: tight, cases: all }
`
  const { stdout } = await answerTo(['check', 'c.yaml', '-f', 'markdown'], { 'c.yaml': scenario })
  expect(stdout).toMatch(/risk, case `night \\\| batch`/)
})
