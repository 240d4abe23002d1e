import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const scenario = `version: 1
name: a
host: { memory: 8 GB }
regions:
  '[x](http://y) {0}': { size: 8 GB }
groups: { clients: { processes: 500, maps: [{ region: '[x](http://y) {0}' }] } }
gates:
  risk: tight
`

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly results: readonly SarifResult[]
      readonly invocations: readonly { readonly executionSuccessful: boolean }[]
    },
  ]
}

interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly kind: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly [{ readonly physicalLocation?: object }]
}

async function logOf(words: readonly string[], file = 'dir/a b.yaml'): Promise<Log> {
  const { stdout } = await answerTo([...words, '-f', 'sarif'], { [file]: scenario })
  return JSON.parse(stdout)
}

it('has a result for the gate at its key, with a path that is relative', async () => {
  const { runs } = await logOf(['check', './dir/a b.yaml'])
  const [gate] = runs[0].results
  expect(gate).toMatchObject({
    ruleId: 'gate/risk',
    kind: 'fail',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'dir/a%20b.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 8, startColumn: 3, endColumn: 7 },
        },
      },
    ],
  })
})

it('has a rule for each result', async () => {
  const { runs } = await logOf(['dir/a b.yaml'])
  const [{ tool, results }] = runs
  expect(results.length).toBeGreaterThan(2)
  for (const { ruleId, ruleIndex } of results) {
    expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  }
})

it('takes no name for a link or a placeholder', async () => {
  const { runs } = await logOf(['dir/a b.yaml'])
  const text = runs[0].results.map(({ message }) => message.text).join('\n')
  expect(text).toContain('\\[x\\](http://y) {{0}}')
  expect(text).not.toMatch(/(?<!\\)\]\(/)
})

it('informs of findings about other strategies, and fails for none of them', async () => {
  const { runs } = await logOf(['dir/a b.yaml'])
  const others = runs[0].results.filter(({ kind }) => kind === 'informational')
  expect(others.length).toBeGreaterThan(0)
  expect(others.every(({ level }) => level === 'none')).toBe(true)
})

it('says that the run is incomplete where a scenario has no result', async () => {
  const { runs } = await logOf(['check', 'dir/a b.yaml', 'missing.yaml'])
  expect(runs[0].invocations[0]?.executionSuccessful).toBe(false)
})
