import { describe, expect, it } from 'vitest'
import { plan } from '../../src/plan/plan.ts'
import type { Override } from '../../src/scenario/yaml/overrides.ts'
import { billed, strategy } from '../build.ts'
import { read } from '../scenario/reading.ts'

const captured = `version: 1
name: captured
host:
  memory: 16 GiB
  swap: 1 GiB
  minFree: 66 MiB
  reserve: { system: 1 GiB, by hand: 1 GiB }
  hugepages: { 2 MiB: 512 }
regions: { shm: { size: 1 GiB } }
groups:
  "a b": { processes: 3, private: 1 MiB, kernelMemory: 20 KiB, maps: [{ region: shm }] }
measured:
  sources:
    host.memory: MemTotal
    host.swap: SwapTotal
    host.minFree: min_free_kbytes
    host.reserve.system: Slab
    host.hugepages: /sys/kernel/mm/hugepages
    groups["a b"].processes: counted
    groups["a b"].private: RssAnon
    groups["a b"].threads: counted
`

/** The origin of each line of the budget, as described. */
function origins(text: string, overrides: readonly Override[] = []) {
  const { workload, assumptions } = read(text, overrides)
  const { lines } = strategy(plan(workload, { name: '', assumptions }), 'as-described').memory
  return Object.fromEntries(lines.map(({ name, origin }) => [name, origin]))
}

describe('the origin of a line of the budget', () => {
  it('is measured where the scenario says where its value was read', () => {
    expect(origins(captured)).toMatchObject({
      memory: 'measured',
      swap: 'measured',
      'min watermark': 'measured',
      'reserve: system': 'measured',
      'reserve: by hand': 'given',
      'huge-page pool 2m': 'measured',
      'private memory': 'measured',
      'kernel memory': 'given',
      'page tables': 'derived',
    })
  })

  it.each([
    ['host.memory', '8 GiB', 'memory'],
    ['host', '{ memory: 8 GiB, swap: 0 B }', 'memory'],
    ['host.hugepages.2 MiB', '10', 'huge-page pool 2m'],
    ['groups["a b"].processes', '4', 'private memory'],
  ])('is given where --set puts another %s in its place', (path, value, line) => {
    expect(origins(captured, [{ path, value }])[line]).toBe('given')
  })

  it('is measured only where all that it is made of is', () => {
    const other = captured.replace('groups:\n', 'groups:\n  c: { processes: 1, private: 1 B }\n')
    expect(origins(other)['private memory']).toBe('given')
  })

  it('is assumed where nobody measured and nobody said', () => {
    const without = captured.replace(' kernelMemory: 20 KiB,', '').replace('  swap: 1 GiB\n', '')
    expect(origins(without)).toMatchObject({ 'kernel memory': 'assumed', swap: 'assumed' })
  })

  it('is given where nothing was measured', () => {
    const { lines } = strategy(billed({}), 'as-described').memory
    expect(lines.map(({ origin }) => origin)).not.toContain('measured')
  })
})
