import { describe, expect, it } from 'vitest'
import { between } from '../../../src/plan/sweep/between.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'

function workload(...overrides: readonly (readonly [path: string, value: string])[]) {
  const text = `
version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 1 GiB } }
groups: { a: { processes: 10, maps: [{ region: pool }] }, b: { processes: 5, copies: 5 } }
`
  const read = readScenario(
    text,
    'two.yaml',
    overrides.map(([path, value]) => ({ path, value })),
  )
  if (!read.ok) throw new Error('it can be read')
  return read.workload
}

describe('what lies between two workloads', () => {
  it('is read anew by nobody where only processes of a group change', () => {
    const at = between(
      workload(['groups.a.processes', '1']),
      workload(['groups.a.processes', '99']),
      1,
      99,
    )
    expect(at?.(50)).toEqual(workload(['groups.a.processes', '50']))
  })

  it('is the same for memory of the host', () => {
    const [low, high] = [2 ** 35, 2 ** 40]
    const at = between(
      workload(['host.memory', '32 GiB']),
      workload(['host.memory', '1 TiB']),
      low,
      high,
    )
    expect(at?.(2 ** 36)).toEqual(workload(['host.memory', '64 GiB']))
  })

  it('is unknown where copies multiply the number, and where anything else changes', () => {
    const copies = (n: string) => workload(['groups.b.processes', n])
    expect(between(copies('5'), copies('50'), 5, 50)).toBeUndefined()
    const sizes = (n: string) => workload(['regions.pool.size', n])
    expect(between(sizes('1 GiB'), sizes('2 GiB'), 2 ** 30, 2 ** 31)).toBeUndefined()
    const other = workload(['groups.a.processes', '20'], ['regions.pool.size', '2 GiB'])
    expect(between(workload(), other, 10, 20)).toBeUndefined()
  })
})
