import { describe, expect, test } from 'vitest'
import { billed, gib, kib, mib, range, strategy } from '../../build.ts'

describe('a cgroup with a limit', () => {
  const cgroup = 'db'

  test('pays for shared memory that its group touches first, and for its page tables', () => {
    const result = billed({
      host: { cgroups: { db: 2 * gib, other: gib } },
      regions: { r: { size: gib } },
      groups: {
        g: { cgroup, processes: 2, private: mib, lockedPrivate: kib, maps: [{ region: 'r' }] },
        h: { cgroup: 'other', maps: [{ region: 'r' }] },
      },
    })
    const [db, other] = strategy(result, 'base-pages').risk.cgroups
    expect(db).toMatchObject({ name: 'db', demandBytes: gib + 2 * 515 * 4096 + 2 * mib })
    expect(other).toMatchObject({ name: 'other', demandBytes: 515 * 4096, level: 'safe' })
  })

  test('of the owner pays for an mshare region: data and tables', () => {
    const result = billed({
      host: { cgroups: { db: 2 * gib } },
      regions: { r: { size: gib, mshare: { mode: 0o666, owner: 'h' } } },
      groups: {
        g: { processes: 2, maps: [{ region: 'r' }] },
        h: { cgroup, maps: [{ region: 'r' }] },
      },
    })
    const [db] = strategy(result, 'mshare').risk.cgroups
    expect(db?.demandBytes).toBe(gib + 515 * 4096 + 4096)
  })

  test('can run out while the machine has room: the worst level counts', () => {
    const result = billed({
      host: { cgroups: { db: mib } },
      groups: { g: { cgroup, private: 2 * mib } },
    })
    const { risk } = strategy(result, 'as-described')
    expect(risk).toMatchObject({ level: 'oom', cgroups: [{ headroomBytes: -mib - 4096 }] })
  })

  test('does not pay for memory that its group maps and does not touch', () => {
    const touched = range(0, 1)
    const result = billed({
      host: { cgroups: { db: gib } },
      regions: { r: { size: gib } },
      groups: {
        g: { cgroup, maps: [{ region: 'r', touched: { kind: 'ranges', ranges: [] } }] },
        h: { maps: [{ region: 'r', touched }] },
      },
    })
    expect(strategy(result, 'as-described').risk.cgroups[0]?.demandBytes).toBe(4096)
  })
})
