import { describe, expect, it } from 'vitest'
import type { DiffResult, Total } from '../../../src/plan/result/what-if/diff-result.ts'
import { answerTo } from '../../scenarios/shipped.ts'

async function diffed(from: string, to: string): Promise<DiffResult> {
  const { stdout, stderr } = await answerTo(['diff', from, to, '-f', 'json'])
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

const pairs = [
  ['oracle-sga-300g', 'oracle-sga-300g-huge-pages'],
  ['multi-tenant', 'oracle-mixed-sga'],
  ['sysv-segments-mshare-rfc', 'sysv-segments-mshare-v3'],
  ['arm64-64k-sga-300g', 'oracle-sga-300g'],
  ['mysql-threads', 'postgresql-400-backends'],
  ['sparse-random', 'measured-at-random'],
] as const

describe.each(pairs)('from %s to %s', (from, to) => {
  it('changes add up to the totals, and what they do does too', async () => {
    const found = await diffed(`scenarios/${from}.yaml`, `scenarios/${to}.yaml`)
    const { effects = [], pageTables, headroom } = found
    expect(found.inputs?.length).toBeGreaterThan(0)
    const totals: readonly (readonly [Total | undefined, readonly number[]])[] = [
      [pageTables, effects.map(({ pageTableBytes }) => pageTableBytes)],
      [headroom, effects.map(({ headroomBytes }) => headroomBytes)],
    ]
    for (const [total, parts] of totals) {
      expect(total?.changeBytes).toBe((total?.toBytes ?? 0) - (total?.fromBytes ?? 0))
      expect(sum(total?.lines.map(({ changeBytes }) => changeBytes) ?? [])).toBe(total?.changeBytes)
      expect(sum(parts)).toBe(total?.changeBytes)
    }
  })
})

it.each(['oracle-sga-300g', 'multi-tenant', 'measured-at-random'])(
  'from %s to itself nothing changes',
  async (name) => {
    const file = `scenarios/${name}.yaml`
    expect(await diffed(file, file)).toMatchObject({
      same: true,
      inputs: [],
      effects: [],
      pageTables: { changeBytes: 0, lines: [] },
      headroom: { changeBytes: 0, lines: [] },
      strategies: [],
      limits: [],
    })
  },
)

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
