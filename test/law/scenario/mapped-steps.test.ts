import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentsOf } from '../../../src/plan/timeline/states.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { lengthOf } from '../../../src/space/intervals.ts'

const head = `version: 1
host: { memory: 64 GiB }
regions: { pool: { size: 4 MiB }, log: { size: 2 MiB, mshare: true } }
groups:
  clients: { processes: 2, maps: [{ region: pool }, { region: log }] }
  batch: { processes: 0, maps: [{ region: pool }] }
timeline:
`

const changes = [
  'start: { clients: 1 }',
  'start: { batch: 2 }',
  'stop: { clients: 1 }',
  'crash: { batch: 1 }',
  'fork: { clients: { into: batch, processes: 1 } }',
  'unmap: { clients: { pool: all } }',
  'unmap: { clients: { pool: { offset: 2 MiB } } }',
  'unmap: { batch: { pool: { length: 2 MiB } } }',
  'unlink: pool',
  'create: pool',
  'attach: pool',
  'attach: { clients: pool }',
  'close: log',
  'set: { groups.batch.processes: 3 }',
] as const

const group = fc.constantFrom('clients', 'batch')

/** Whether the scenario can be read, and its first issue. */
function read(steps: readonly string[]) {
  return readScenario(`${head}${steps.map((one) => `  - { ${one} }\n`).join('')}`, 't.yaml')
}

/** Steps of which each is possible after those before it. */
function possible(steps: readonly string[]): readonly string[] {
  const kept: string[] = []
  for (const step of steps) if (read([...kept, step]).ok) kept.push(step)
  return kept
}

/** Pages of the pool that some process of the group has mapped in the end. */
function pagesMapped(steps: readonly string[], name: string): number {
  const reading = read([...steps, 'pool: { 2 MiB: 0 }'])
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const cohorts = momentsOf(reading.workload).at(-1)?.state.cohorts.get(name) ?? []
  return Math.max(
    0,
    ...cohorts.map(({ processes, space }) => {
      if (processes === 0) return 0
      // One that maps what its group says.
      if (space === undefined) return 1024
      const held = space.held.filter(({ mapping }) => mapping.region === 'pool')
      return held.reduce((sum, { parts }) => sum + lengthOf(parts), 0)
    }),
  )
}

describe('touching a region', () => {
  it('is refused only where no process of the group has any page of it', () => {
    let refused = 0
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...changes), { maxLength: 8 }), group, (drawn, name) => {
        const steps = possible(drawn)
        const touching = read([...steps, `touch: { ${name}: { pool: all } }`])
        if (touching.ok) return
        refused += 1
        expect(touching.issues.map(({ message }) => message)).toEqual([
          `no process of \`${name}\` maps this of \`pool\` at step ${steps.length + 1}`,
        ])
        expect(pagesMapped(steps, name)).toBe(0)
      }),
    )
    expect(refused).toBeGreaterThan(0)
  })

  it('is possible where a process has started since, or attached it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...changes), { maxLength: 8 }), group, (drawn, name) => {
        const steps = possible([...drawn, 'create: pool', `start: { ${name}: 1 }`])
        expect(read([...steps, `touch: { ${name}: { pool: all } }`])).toMatchObject({ ok: true })
      }),
    )
  })
})
