import { describe, expect, it } from 'vitest'
import { main } from '../../../../src/cli/main.ts'
import { fakeWorld } from '../../fake-world.ts'

/** 600 processes with 514 tables each take 1.2 GiB for a region of 1 GiB: MSP010. */
const server = (more: string): string => `
version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 1 GiB } }
groups: { clients: { processes: 600, maps: [{ region: pool }] } }
${more}`

const scenarios: Readonly<Record<string, string>> = {
  'all strategies': server(''),
  'none but threads': server('strategies: [threads]'),
  'none but base pages, with gates on mshare': server(
    'strategies: [base-pages]\ngates: { strategy: mshare }',
  ),
  'mshare among others, and judged by': server(
    'strategies: [as-described, mshare]\ngates: { strategy: mshare }',
  ),
  'a strategy that the layout does not have': server('gates: { strategy: hugetlb-512m }'),
}

const questions: readonly (readonly string[])[] = [
  [],
  ['--max-risk', 'tight'],
  ['--min-headroom', '90%'],
  ['--max-page-tables', '1%'],
  ['--fail-on', 'warning'],
]

async function run(argv: readonly string[], files: Readonly<Record<string, string>>) {
  const { world, stdout } = fakeWorld({ files })
  const status = await main(argv, world)
  return { status, stdout: stdout() }
}

describe('a saved result', () => {
  it.each(Object.keys(scenarios))('is judged as its scenario is, with %s', async (name) => {
    const text = scenarios[name] ?? ''
    const { stdout } = await run(['plan', 'F.yaml', '-f', 'json'], { 'F.yaml': text })
    const files = { 'F.yaml': text, 'r.json': stdout }
    for (const question of questions) {
      const verdicts = await Promise.all(
        ['F.yaml', 'r.json'].map(async (file) => {
          const ran = await run(['check', file, ...question, '-f', 'json'], files)
          return [ran.status, JSON.parse(ran.stdout).gates]
        }),
      )
      expect(verdicts[1], question.join(' ')).toEqual(verdicts[0])
    }
  })

  it('shows the strategy that it is judged by', async () => {
    const text = scenarios['none but threads'] ?? ''
    const { stdout } = await run(['plan', 'F.yaml', '-f', 'json'], { 'F.yaml': text })
    const ids = (result: string) =>
      JSON.parse(result).strategies.map(({ id }: { id: string }) => id)
    expect(ids(stdout)).toEqual(['threads'])
    const again = await run(['check', 'r.json', '-f', 'json'], { 'r.json': stdout })
    expect(ids(again.stdout)).toEqual(['threads', 'as-described'])
  })

  it('refuses a saved file that is nested too deeply, as a baseline too', async () => {
    const deep = `{"schema":"mshare-plan/result/1","x":${'['.repeat(200)}${']'.repeat(200)}}`
    const files = { 'F.yaml': server(''), 'deep.json': deep }
    expect((await run(['check', 'deep.json'], files)).status).toBe(2)
    expect((await run(['check', 'F.yaml', '--baseline', 'deep.json'], files)).status).toBe(2)
  })
})
