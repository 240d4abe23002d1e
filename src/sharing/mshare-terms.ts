import type { Group, Mapping } from '../workload/group.ts'
import { mappersOf } from '../workload/mappers.ts'
import type { Region } from '../workload/region.ts'
import { defaultMshareMode } from '../workload/region.ts'
import type { Workload } from '../workload/workload.ts'
import { isInPool } from './pools/requests.ts'
import type { RegionObstacle } from './strategy.ts'

/** The terms on which a region is shared, every default filled in. */
export interface ResolvedTerms {
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly owner: string
}

/** Terms of a region; `undefined` where no group maps it. */
export function termsOf(workload: Workload, region: Region): ResolvedTerms | undefined {
  const first = workload.groups[mappersOf(workload, region.name)[0]?.group ?? -1]
  if (first === undefined) return undefined
  const { mode, uid, gid, owner } = region.mshare ?? { mode: defaultMshareMode }
  return {
    mode,
    uid: uid ?? first.uid,
    gid: gid ?? first.gid,
    owner: owner ?? first.name,
  }
}

/** Why the region as a whole cannot be shared through mshare, if so. */
export function regionObstacle(workload: Workload, region: Region): RegionObstacle | undefined {
  const { host, mshareRevision } = workload
  const refuse = (kind: RegionObstacle['kind'], need: string, found: string): RegionObstacle => ({
    kind,
    region: region.name,
    need,
    found,
  })
  if (host.layout.architecture !== 'x86-64') return refuse('layout', 'x86-64', host.layout.id)
  // rfc-2022 aligns to one pgd entry: 256 TiB with 5 levels, all of the usual address space.
  const fiveLevel = host.layout.levels.some((level) => level.name === 'p4d')
  if (fiveLevel && mshareRevision === 'rfc-2022') return refuse('layout', 'x86-64', host.layout.id)
  if (region.backing === 'anonymous')
    return refuse('private-memory', 'shared memory', region.backing)
  if (region.backing === 'sysv-shm' && mshareRevision === 'v3-2025') {
    const need = 'posix-shm, memfd, anonymous-shared, file, dax or hugetlbfs'
    return { ...refuse('backing', need, region.backing), backing: region.backing }
  }
  return undefined
}

/** Why one group's mapping cannot use the shared tables, wherever it lies. */
export function memberObstacle(
  workload: Workload,
  region: Region,
  group: Group,
  mapping: Mapping,
  terms: ResolvedTerms,
): RegionObstacle | undefined {
  const where = { region: region.name, group: group.name }
  if (mapping.private && !takesPrivateMappings(workload, region)) {
    return { kind: 'private-mapping', ...where }
  }
  if (!mayOpen(group, mapping.access, terms)) {
    const need = mapping.access === 'rw' ? 'read and write' : 'read'
    const found = `mode ${octal(terms.mode)}, uid ${terms.uid}, gid ${terms.gid}`
    return { kind: 'permission', ...where, need, found }
  }
  return undefined
}

/**
 * rfc-2022 shares private mappings too: what one process writes, all sharers see (cover letter of
 * 18 January 2022). It does not say which process reserves the copies of huge pages.
 */
function takesPrivateMappings(workload: Workload, region: Region): boolean {
  return workload.mshareRevision === 'rfc-2022' && !isInPool(region, workload)
}

/** File permission as the kernel checks it: one class of bits only (path_resolution(7)). */
function mayOpen(group: Group, access: Mapping['access'], terms: ResolvedTerms): boolean {
  if (group.uid === 0) return true
  const wanted = access === 'rw' ? [4, 2] : [4]
  const bits = octal(terms.mode)
  const otherwise = group.gid === terms.gid ? 2 : 3
  const place = group.uid === terms.uid ? 1 : otherwise
  const granted = Number(bits.charAt(place))
  return wanted.every((bit) => Math.floor(granted / bit) % 2 === 1)
}

/** Four octal digits, as chmod takes them. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
