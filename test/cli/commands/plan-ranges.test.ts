import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import type { Result } from '../../../src/plan/result/result.ts'
import { fakeWorld } from '../fake-world.ts'
import { run } from './roomy.ts'

const clients = 'groups.clients.processes'
const likely = `${clients}={ p50: 1000, p95: 9000 }`

describe('plan and check of ranges', () => {
  it('write the same JSON each time, and another for another seed', async () => {
    const sampled = (seed: string) =>
      run([
        ...[
          'plan',
          'roomy.yaml',
          '--set',
          likely,
          '--set',
          'groups.clients.private={ p50: 8 MiB, p95: 80 MiB }',
        ],
        ...['--samples', '20', '--seed', seed, '-f', 'json'],
      ])
    const [first, again, other] = await Promise.all([sampled('3'), sampled('3'), sampled('4')])
    expect(first.status).toBe(0)
    const { ranges } = JSON.parse(first.stdout) as Result
    // 16 copies of at least that many points.
    expect(ranges?.chances?.method).toEqual({ kind: 'quasi-random', samples: 32, seed: 3 })
    expect(again.stdout).toBe(first.stdout)
    expect(other.stdout).not.toBe(first.stdout)
  })

  it.each(['{ from: 100, to: 9000 }', '{ p50: 1000, p95: 9000 }'])(
    'judge a saved result as its scenario: %s',
    async (range) => {
      const set = ['--set', `${clients}=${range}`]
      const planned = await run(['plan', 'roomy.yaml', ...set, '-f', 'json'])
      const { world, stdout } = fakeWorld({ files: { 'saved.json': planned.stdout } })
      const gates = ['--max-risk', 'tight', '--max-page-tables', '100GB', '-f', 'json']
      expect(await main(['check', 'saved.json', ...gates], world)).toBe(1)
      const checked = await run(['check', 'roomy.yaml', ...set, ...gates])
      expect(checked.status).toBe(1)
      expect(JSON.parse(stdout()).gates).toEqual(JSON.parse(checked.stdout).gates)
    },
  )

  it('begin a report with the values that are planned', async () => {
    const { status, stdout } = await run([
      'plan',
      'roomy.yaml',
      '--set',
      `${clients}={ from: 7, to: 77 }`,
      '-f',
      'html',
    ])
    expect(status).toBe(0)
    expect(stdout).toContain('77')
  })

  it('keep the range where the scenario is saved as YAML', async () => {
    const { status, stdout } = await run([
      'plan',
      'roomy.yaml',
      '--set',
      `${clients}={ from: 7, to: 77 }`,
      '-f',
      'yaml',
    ])
    expect(status).toBe(0)
    expect(stdout).toMatch(/from: 7,\s+to: 77/)
  })

  it('refuse what are no numbers of samples and no seeds', async () => {
    const refused = async (...more: readonly string[]) =>
      (await run(['plan', 'roomy.yaml', ...more])).stderr
    expect(await refused('--samples', '15')).toContain('a whole number from 16 to 1000000')
    expect(await refused('--seed', '-1')).toContain('a whole number from 0 to 4294967295')
  })

  it('compare strategies that leave out what is described', async () => {
    const { stdout } = await run([
      ...['plan', 'roomy.yaml', '--set', 'strategies=[hugetlb-2m]'],
      ...['--set', `${clients}={ from: 7, to: 77 }`, '-f', 'json'],
    ])
    const { ranges } = JSON.parse(stdout) as Result
    expect(ranges?.bounds?.strategies.map(({ id }) => id)).toEqual(['hugetlb-2m'])
    expect(ranges?.judged.map(({ id }) => id)).toEqual(['hugetlb-2m', 'as-described'])
  })
})
