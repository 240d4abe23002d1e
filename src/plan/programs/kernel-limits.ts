import { copiesOf } from '../../workload/copies.ts'
import type { Region } from '../../workload/region.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Setting, SysvLimits } from '../result/advice-result.ts'
import { objectBytes, paddedPages } from './object-pages.ts'
import type { HugeUse } from './rules.ts'

/** Where settings of huge pages and segments are kept. */
export const sysctlFile = '/etc/sysctl.d/99-hugepages.conf'

/** Limits of ipc/shm.c newseg(): one segment, and all of them in base pages. */
export function sysvLimits({ regions, host }: Workload): SysvLimits | undefined {
  const segments = regions.filter(({ backing }) => backing === 'sysv-shm')
  if (segments.length === 0) return undefined
  const { pageBytes } = host.layout
  return {
    shmmaxBytes: Math.max(...segments.map(objectBytes)),
    shmallPages: segments.reduce(
      (sum, region) =>
        sum + copiesOf(region) * region.objects * Math.ceil(objectBytes(region) / pageBytes),
      0,
    ),
  }
}

/**
 * What has to be lockable: SysV segments on huge pages, whole pages each (user_shm_lock() in
 * hugetlb_file_setup() before Linux 5.16, and Oracle asks for it), and what is locked anyway.
 */
export function memlockOf(workload: Workload, onPages: readonly Region[]): number | undefined {
  const segments = onPages.filter(({ backing }) => backing === 'sysv-shm')
  const inSegments = new Set(segments.map(({ name }) => name))
  const locked = workload.regions.filter(({ name, locked: is }) => is && !inSegments.has(name))
  if (segments.length + locked.length === 0) return undefined
  return (
    segments.reduce(
      (sum, region) =>
        sum + copiesOf(region) * paddedPages(region, region.pageBytes) * region.pageBytes,
      0,
    ) +
    locked.reduce((sum, region) => sum + copiesOf(region) * region.size, 0) +
    Math.max(0, ...workload.groups.map(({ lockedPrivate }) => lockedPrivate))
  )
}

/** Defaults are ULONG_MAX − 2^24 (include/uapi/linux/shm.h): needed only where somebody lowered them. */
export function limitLines({ sysv }: HugeUse): readonly Setting[] {
  if (sysv === undefined) return []
  const lines = [`kernel.shmmax = ${sysv.shmmaxBytes}`, `kernel.shmall = ${sysv.shmallPages}`]
  return [{ kind: 'shm-limits', place: sysctlFile, lines }]
}

/** can_do_hugetlb_shm() in fs/hugetlbfs/inode.c: this group, or CAP_IPC_LOCK. Root needs none. */
export function groupLine({ gid, sysv }: HugeUse): readonly Setting[] {
  if (sysv === undefined) return []
  const line = gid === undefined ? '# vm.hugetlb_shm_group = GID' : `vm.hugetlb_shm_group = ${gid}`
  return [{ kind: 'shm-group', place: sysctlFile, lines: [line] }]
}

export function memlockLines({ memlockBytes }: HugeUse): readonly Setting[] {
  if (memlockBytes === undefined) return []
  const kib = Math.ceil(memlockBytes / 1024)
  const lines = ['soft', 'hard'].map((which) => `* ${which} memlock ${kib}`)
  return [{ kind: 'memlock', place: '/etc/security/limits.d/99-hugepages.conf', lines }]
}

/** shmget() and mmap() without a size ask for pages of the default size: hstate_sizelog(0). */
export function defaultSizeLine({ label, isDefault }: HugeUse): readonly Setting[] {
  if (isDefault) return []
  const lines = [`default_hugepagesz=${label}`]
  return [{ kind: 'default-page-size', place: 'kernel command line', lines }]
}
