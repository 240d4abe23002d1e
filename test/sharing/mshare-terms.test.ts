import { describe, expect, test } from 'vitest'
import type { GroupParts, WorkloadParts } from '../build.ts'
import { fiveLevels, mib, planned } from '../build.ts'
import { applies, mshareOf, obstaclesOf, oneRegion } from './one-region.ts'

describe('permission to open a region', () => {
  const owner = { uid: 10, gid: 20 }
  const may = (mode: number, sharer: GroupParts): boolean =>
    !obstaclesOf(
      oneRegion({ owner, sharer: { uid: 11, gid: 21, ...sharer } }, { mshare: { mode } }),
    ).some(({ group }) => group === 'sharer')
  const reading = { maps: [{ region: 'r', access: 'ro' as const }] }

  test.each<[string, number, GroupParts, boolean]>([
    ['lets the owner of the file read and write with 0600', 0o600, { uid: 10 }, true],
    ['keeps others out with 0600', 0o600, {}, false],
    ['lets the group of the file in with 0660', 0o660, { gid: 20 }, true],
    ['does not let the group write with 0640', 0o640, { gid: 20 }, false],
    ['lets the group read with 0640', 0o640, { gid: 20, ...reading }, true],
    ['asks the owner’s bits alone of the owner, as with 0066', 0o066, { uid: 10 }, false],
    ['asks the group’s bits alone of the group, as with 0606', 0o606, { gid: 20 }, false],
    ['lets others in with 0606', 0o606, {}, true],
    ['does not take write permission for read permission', 0o602, reading, false],
    ['asks a writer for read permission as well', 0o602, {}, false],
    ['lets root in whatever the mode', 0o000, { uid: 0 }, true],
  ])('%s', (_, mode, sharer, allowed) => {
    expect(may(mode, sharer)).toBe(allowed)
  })

  test('refused says what was needed and what the file has', () => {
    const sharer = { uid: 11, gid: 21, processes: 3 }
    expect(obstaclesOf(oneRegion({ owner, sharer }))).toEqual([
      {
        kind: 'permission',
        region: 'r',
        group: 'sharer',
        need: 'read and write',
        found: 'mode 0600, uid 10, gid 20',
      },
    ])
  })

  test('refused leaves the group its own tables, and a finding says so', () => {
    const parts = oneRegion({ owner, sharer: { uid: 11, gid: 21, processes: 3 } })
    const [linked, alone] = mshareOf(parts).groups
    expect(linked?.perProcess.levels.pte).toBe(0)
    expect(alone?.perProcess.levels.pte).toBe(512)
    expect(planned(parts).findings).toContainEqual(
      expect.objectContaining({ kind: 'own-tables-kept', group: 'sharer', processes: 3 }),
    )
  })

  test('is asked of uid and gid that the scenario gives', () => {
    const mshare = { mode: 0o660, uid: 1, gid: 21 }
    expect(obstaclesOf(oneRegion({ sharer: { uid: 11, gid: 21 } }, { mshare }))).toEqual([])
    expect(obstaclesOf(oneRegion({ sharer: { uid: 11, gid: 22 } }, { mshare }))).toHaveLength(1)
  })
})

describe('a region is refused', () => {
  const kindsOf = (parts: WorkloadParts): string[] => obstaclesOf(parts).map(({ kind }) => kind)

  test('under v3 where SysV segments back it, and not under rfc-2022', () => {
    const sysv = oneRegion({ g: { processes: 2 } }, { backing: 'sysv-shm' })
    expect(kindsOf(sysv)).toEqual(['backing'])
    expect(applies(sysv)).toBe(false)
    expect(kindsOf({ ...sysv, mshareRevision: 'rfc-2022' })).toEqual([])
  })

  test.each(['rfc-2022', 'v3-2025'] as const)(
    'under %s where the memory is private',
    (revision) => {
      const parts = oneRegion({ g: {} }, { backing: 'anonymous' })
      expect(kindsOf({ ...parts, mshareRevision: revision })).toEqual(['private-memory'])
    },
  )

  test('under v3-2025 where it is mapped MAP_PRIVATE', () => {
    const parts = oneRegion({ g: { maps: [{ region: 'r', private: true }] } })
    expect(kindsOf({ ...parts, mshareRevision: 'v3-2025' })).toEqual(['private-mapping'])
  })

  test('under rfc-2022 where huge pages are mapped MAP_PRIVATE', () => {
    const memfd = { backing: 'memfd', pageBytes: 2 * mib } as const
    const parts = oneRegion({ g: { maps: [{ region: 'r', private: true }] } }, memfd)
    expect(kindsOf({ ...parts, mshareRevision: 'rfc-2022' })).toEqual(['private-mapping'])
  })

  test('with 5 levels under rfc-2022, and not under v3', () => {
    const parts = oneRegion({ g: {} }, {}, { host: { layout: fiveLevels } })
    expect(kindsOf({ ...parts, mshareRevision: 'rfc-2022' })).toEqual(['layout'])
    expect(kindsOf(parts)).toEqual([])
  })

  test('where no group maps it', () => {
    expect(kindsOf(oneRegion({ g: { maps: [] } }))).toEqual(['not-mapped'])
  })
})
