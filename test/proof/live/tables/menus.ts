import type { Kind, Menu } from './draw.ts'

const few = { mostRegions: 3, mostGroups: 2, mostProcesses: 3, mostMaps: 4 } as const

const base = { hugetlb: 1, thp: false, most: 128, mostInRun: 4096 } as const
const basePages: readonly Kind[] = [
  { ...base, backing: 'anonymous' },
  { ...base, backing: 'anonymous-shared' },
  { ...base, backing: 'memfd' },
  { ...base, backing: 'posix-shm' },
  { ...base, backing: 'sysv-shm' },
  // The blocks of a file are allocated one by one: that takes far longer than the faults.
  { ...base, backing: 'file', most: 16, mostInRun: 128 },
]

/** Every touched page takes 2 MiB of memory: so few are touched. */
const huge = { most: 8, mostInRun: 6 } as const
const thp = { ...huge, hugetlb: 1, thp: true } as const
const hugetlb = { ...huge, hugetlb: 512, thp: false } as const
const shmemThp: readonly Kind[] = [
  { ...thp, backing: 'memfd' },
  { ...thp, backing: 'anonymous-shared' },
  { ...thp, backing: 'sysv-shm' },
]

/** Memory on base pages of every backing but DAX, which needs a device. */
export const onBasePages: Menu = { ...few, kinds: basePages }

/** Private memory on transparent huge pages, beside some on base pages. */
export const onAnonymousThp: Menu = {
  ...few,
  kinds: [
    { ...thp, backing: 'anonymous' },
    { ...base, backing: 'anonymous' },
  ],
}

/** Shared memory on transparent huge pages; files under /dev/shm follow an option of its mount. */
export const onShmemThp: Menu = { ...few, kinds: [...shmemThp, { ...base, backing: 'memfd' }] }

/** Memory on hugetlb pages of 2 MiB, of every backing that can, beside some on base pages. */
export const onHugetlb: Menu = {
  ...few,
  kinds: [
    { ...hugetlb, backing: 'memfd' },
    { ...hugetlb, backing: 'hugetlbfs' },
    { ...hugetlb, backing: 'anonymous-shared' },
    { ...hugetlb, backing: 'sysv-shm' },
    { ...hugetlb, backing: 'anonymous' },
    { ...base, backing: 'memfd' },
  ],
}

/** Huge pages that no case of the menu uses up: processes, mappings and pages of each, copied. */
export const hugetlbPool: number = 2 * few.mostProcesses * few.mostMaps * (huge.most + 1)

/** One mapping that touches one page of 1 GiB. */
export const onGigantic: Menu = {
  mostRegions: 1,
  mostGroups: 1,
  mostProcesses: 1,
  mostMaps: 1,
  kinds: (['memfd', 'hugetlbfs', 'anonymous', 'anonymous-shared', 'sysv-shm'] as const).map(
    (backing) => ({ backing, hugetlb: 2 ** 18, thp: false, most: 1, mostInRun: 1 }),
  ),
}
