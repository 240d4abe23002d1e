import type { SeenMapping } from '../files/mapping.ts'
import { largestBasePage } from '../files/mapping.ts'
import type { ObjectKind, SeenObject } from './observation.ts'

/** File systems by device number, `fe:00`, as far as mountinfo names them. */
export type FileSystems = ReadonlyMap<string, { readonly type: string; readonly dax: boolean }>

/** The kind of object behind a mapping; `undefined` for private memory of the process. */
export function kindOf(mapping: SeenMapping, systems: FileSystems): ObjectKind | undefined {
  const { shared, name, counts } = mapping
  const huge = counts?.isHugetlb === true || name.startsWith('/anon_hugepage')
  if (!shared) return huge ? 'private-hugetlb' : undefined
  if (counts?.device === true || isNoMemory(name)) return undefined
  const known = kinds.find(([start]) => name.startsWith(start))?.[1]
  if (known !== undefined) return known
  if (huge) return 'hugetlbfs'
  return ofFile(mapping, systems)
}

const shmem: ReadonlySet<ObjectKind> = new Set([
  'sysv-shm',
  'posix-shm',
  'memfd',
  'anonymous-shared',
  'mshare',
])

/** True of memory that exists once, on base pages: swappable, but not reclaimable. */
export function isShmem({ kind, pageKib }: SeenObject): boolean {
  return shmem.has(kind) && pageKib <= largestBasePage
}

/** By how the name begins: the kernel makes these up where an object has no path. */
const kinds: readonly (readonly [start: string, kind: ObjectKind])[] = [
  ['/SYSV', 'sysv-shm'],
  ['/memfd:', 'memfd'],
  ['/dev/zero', 'anonymous-shared'],
  ['/anon_hugepage', 'anonymous-shared'],
  ['[anon_shmem:', 'anonymous-shared'],
  ['/dev/shm/', 'posix-shm'],
  ['/dev/dax', 'dax'],
  ['/sys/fs/mshare/', 'mshare'],
]

/** Rings and buffers of the kernel, and devices. */
function isNoMemory(name: string): boolean {
  if (/^(anon_inode:|socket:|\[(?!anon_shmem:))/.test(name) || name === '') return true
  return name.startsWith('/dev/') && !/^\/dev\/(shm\/|zero\b|dax|hugepages\/)/.test(name)
}

function ofFile({ device, counts }: SeenMapping, systems: FileSystems): ObjectKind {
  const system = systems.get(device)
  if (system?.type === 'tmpfs') return 'posix-shm'
  if (system?.type === 'hugetlbfs') return 'hugetlbfs'
  return counts?.mixed === true || system?.dax === true ? 'dax' : 'file'
}

/**
 * What makes two mappings mappings of one object. SysV segments have their id as inode number, which
 * another object of the same kernel mount may have too, and each IPC namespace counts its own.
 */
export function keyOf(kind: ObjectKind, mapping: SeenMapping, namespace: string): string {
  const { device, inode, counts, start, end } = mapping
  if (kind === 'sysv-shm') return ['sysv', device, inode, namespace].join()
  if (kind === 'private-hugetlb') return ['private', counts?.page ?? 0, end - start].join()
  return [kind === 'mshare' ? 'mshare' : 'file', device, inode].join()
}

/** Reads /proc/PID/mountinfo: Documentation/filesystems/proc.rst, 3.5. */
export function readFileSystems(text: string | undefined): FileSystems {
  const systems = new Map<string, { readonly type: string; readonly dax: boolean }>()
  for (const line of (text ?? '').split('\n')) {
    const [before = '', behind = ''] = line.split(' - ')
    const numbers = /^\d+ \d+ (\d{1,4}):(\d{1,7}) /.exec(before)
    const [type, , options = ''] = behind.split(' ')
    if (numbers === null || type === undefined) continue
    const [major = '', minor = ''] = numbers.slice(1).map(hexadecimal)
    systems.set(`${major}:${minor}`, { type, dax: /(^|,)dax(=always)?(,|$)/.test(options) })
  }
  return systems
}

/** As maps shows device numbers: at least two digits. */
function hexadecimal(decimal: string): string {
  return Number(decimal).toString(16).padStart(2, '0')
}
