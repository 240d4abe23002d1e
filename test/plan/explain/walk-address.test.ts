import { describe, expect, it } from 'vitest'
import type { WalkRequest } from '../../../src/plan/explain/walk-address.ts'
import { walkAddress } from '../../../src/plan/explain/walk-address.ts'
import type { Workings } from '../../../src/plan/plan.ts'
import { planWithWorkings } from '../../../src/plan/plan.ts'
import type { AddressFault, AddressWalk } from '../../../src/plan/result/explanation.ts'
import type { WorkloadParts } from '../../build.ts'
import { gib, layoutNamed, mib, nth, random, range, strategy, workload } from '../../build.ts'

const at = 0x7f00_0000_0000

const server: WorkloadParts = {
  host: { hugepages: [{ pageBytes: 2 * mib, count: 2000 }] },
  regions: {
    sga: { size: 2 * gib },
    pool: { size: 2 * gib, backing: 'sysv-shm', pageBytes: 2 * mib },
    heap: { size: gib, backing: 'anonymous' },
  },
  groups: {
    clients: {
      processes: 100,
      maps: [
        { region: 'sga', at, touched: range(0, 1) },
        { region: 'pool', at: at + 4 * gib },
        { region: 'heap', at: at + 8 * gib, touched: random(1000) },
      ],
    },
    writers: { processes: 5, maps: [{ region: 'pool', at: at + 4 * gib }] },
    half: { processes: 3, maps: [{ region: 'pool', at: at + 4 * gib, length: gib }] },
  },
}

function ask(request: Partial<WalkRequest>, parts = server) {
  const workings = planWithWorkings(workload(parts), { name: 'test', fingerprint: '' })
  return walkAddress(workings, { address: hex(at), group: 'clients', ...request })
}

function walk(request: Partial<WalkRequest>, parts = server): AddressWalk {
  const walked = ask(request, parts)
  if (!walked.ok) throw new RangeError(walked.fault.kind)
  return walked.walk
}

function fault(request: Partial<WalkRequest>): AddressFault {
  const walked = ask(request)
  if (walked.ok) throw new RangeError('walked')
  return walked.fault
}

function hex(address: number): string {
  return `0x${address.toString(16)}`
}

describe('the walk of an address', () => {
  it('has the entries that the bits of the address are', () => {
    // 0x7f0012345678 >> 39 & 511 = 254, >> 30 = 0, >> 21 = 145, >> 12 = 325.
    const { levels, folded, leaf, mapping } = walk({ address: '0x7f0012345678' })
    expect(levels.map(({ level, index }) => [level, index])).toEqual([
      ['pgd', 254],
      ['pud', 0],
      ['pmd', 145],
      ['pte', 325],
    ])
    expect(folded).toEqual(['p4d'])
    expect(leaf).toMatchObject({ level: 'pte', pageBytes: 4096, pageStart: '0x7f0012345000' })
    expect(mapping).toMatchObject({ region: 'sga', placed: 'given', offsetBytes: 0x12345678 })
  })

  it('knows tables that nothing needs: only the first page of the region is touched', () => {
    const exist = ({ levels }: AddressWalk) => levels.map((level) => level.existsProbability)
    expect(exist(walk({ address: hex(at + 4095) }))).toEqual([1, 1, 1, 1])
    expect(exist(walk({ address: hex(at + 2 * mib) }))).toEqual([1, 1, 1, 0])
    expect(exist(walk({ address: hex(at + gib) }))).toEqual([1, 1, 0, 0])
  })

  it('gives the probability where chance decides', () => {
    const { levels, leaf } = walk({ address: hex(at + 8 * gib) })
    // 1000 of 262,144 pages; of 512 pages none is drawn with (1 − 512 / 262,144)^1000, about 0.142.
    expect(leaf.touchedProbability).toBeCloseTo(1000 / 262_144, 12)
    expect(levels.at(-1)?.existsProbability).toBeCloseTo(0.8585, 3)
  })

  it('says who shares a pmd table of hugetlb, and that each VmPTE has it', () => {
    const { levels, leaf } = walk({ address: hex(at + 5 * gib + 3 * mib) })
    expect(levels.at(-1)).toMatchObject({
      level: 'pmd',
      table: 'linked',
      counters: ['VmPTE', 'PageTables'],
      sharedBy: [
        { group: 'clients', processes: 100 },
        { group: 'writers', processes: 5 },
      ],
    })
    expect(leaf).toMatchObject({
      kind: 'hugetlb',
      pageBytes: 2 * mib,
      pageStart: hex(at + 5 * gib + 2 * mib),
    })
    const first = walk({ address: hex(at + 4 * gib) }).levels.at(-1)
    expect(first?.sharedBy.map(({ group }) => group)).toEqual(['clients', 'writers', 'half'])
  })

  it('goes through tables of the region under mshare, which are in no VmPTE', () => {
    const parts: WorkloadParts = {
      regions: { sga: { size: 2 * gib } },
      groups: { clients: { processes: 100, maps: [{ region: 'sga' }] } },
    }
    const { mapping } = walk(
      {},
      { ...parts, groups: { clients: { processes: 100, maps: [{ region: 'sga', at }] } } },
    )
    expect(mapping.start).toBe(hex(at))
    const { levels, strategy } = walk({ strategy: 'mshare', address: '0x400000000000' }, parts)
    expect(strategy.status).toBe('proposed')
    const last = levels.at(-1)
    expect(last).toMatchObject({ level: 'pte', table: 'mshare', existsProbability: 1 })
    expect(last?.counters).toEqual(['PageTables'])
    expect(levels[0]).toMatchObject({ level: 'pgd', table: 'own' })
  })

  it('does not count the pgd before Linux 6.14', () => {
    const parts = { ...server, host: { ...server.host, kernel: { major: 6, minor: 13 } } }
    expect(walk({}, parts).levels[0]?.counters).toEqual([])
  })
})

describe('an address that cannot be walked', () => {
  it('is between mappings, or outside all of them', () => {
    expect(fault({ address: hex(at + 3 * gib) })).toEqual({
      kind: 'hole',
      below: { region: 'sga', end: hex(at + 2 * gib) },
      above: { region: 'pool', start: hex(at + 4 * gib) },
    })
    expect(fault({ address: '0x1000' })).toEqual({
      kind: 'hole',
      above: { region: 'sga', start: hex(at) },
    })
  })

  it('is one of the kernel, or of no half', () => {
    expect(fault({ address: '0xffff888000000000' })).toEqual({
      kind: 'kernel',
      end: '0x7ffffffff000',
    })
    // The halves of 2^47 bytes end here and begin there: Documentation/arch/x86/x86_64/mm.rst.
    expect(fault({ address: '0xffff800000000000' }).kind).toBe('kernel')
    expect(fault({ address: '0xffff7fffffffffff' }).kind).toBe('beyond')
    expect(fault({ address: '0x800000000000' })).toEqual({ kind: 'beyond', end: '0x7ffffffff000' })
  })

  it('is no hexadecimal number of 64 bits', () => {
    expect(fault({ address: '12' }).kind).toBe('not-an-address')
    expect(fault({ address: '0x12345678901234567' }).kind).toBe('too-long')
  })

  it('is of a group or a strategy that does not exist', () => {
    expect(fault({ group: 'x' })).toEqual({
      kind: 'no-group',
      groups: ['clients', 'writers', 'half'],
    })
    expect(fault({ strategy: 'x' }).kind).toBe('no-strategy')
  })
})

describe('the tables that the walks of a process pass', () => {
  it.each(['x86-64', 'arm64-64k-48', 'riscv64-sv39', 's390x'])(
    'are those of the plan on %s',
    (id) => {
      const layout = layoutNamed(id)
      const reach = nth(layout.levels, 0).reach * layout.pageBytes
      const [from, size] = [8.5 * reach, 5 * reach + layout.pageBytes]
      const parts: WorkloadParts = {
        host: { layout },
        regions: { data: { size } },
        groups: { clients: { maps: [{ region: 'data', at: from }] } },
      }
      const workings = planWithWorkings(workload(parts), { name: 'test', fingerprint: '' })
      const seen = new Map<string, string>()
      for (let address = from; address < from + size; address += reach / 2) {
        for (const { level, start } of levelsAt(workings, address))
          seen.set(`${level} ${start}`, level)
      }
      const { perProcess } = nth(strategy(workings.result, 'as-described').groups, 0)
      const planned = Object.entries(perProcess.levels).filter(([, tables]) => tables > 0)
      expect([...counted(seen.values())].sort()).toEqual(planned.sort())
    },
  )
})

function levelsAt(workings: Workings, address: number): AddressWalk['levels'] {
  const walked = walkAddress(workings, { address: hex(address) })
  if (!walked.ok) throw new RangeError(walked.fault.kind)
  return walked.walk.levels
}

function counted(names: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
