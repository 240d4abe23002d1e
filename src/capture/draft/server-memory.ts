import type { Layout } from '../../geometry/layout.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { roleOf } from '../estimate/process-role.ts'
import { serversOf } from '../estimate/servers.ts'
import type { HostFiles } from '../files/host-files.ts'
import { kib, memoryFile } from '../files/memory-text.ts'
import { takenPages } from '../host/pool-of-others.ts'
import type { AloneRegion } from './alone-regions.ts'
import type { Listed } from './listed-processes.ts'

/** Shared memory of a PostgreSQL server that no list shows, and the processes that map it. */
export interface ServerMemory {
  readonly region: AloneRegion
  readonly processes: readonly Listed[]
}

/** Memory that is left for the servers, in bytes. */
export interface MemoryLeft {
  /** Shmem, without the segments. */
  readonly shmem: number
  /** Bytes of the pool in use, without the segments. */
  readonly pool: number
}

/**
 * PostgreSQL since 9.3 keeps its shared memory in an anonymous mapping, which `ipcs` does not show; the segment
 * that it does show has 56 bytes (sysv_shmem.c). All processes but the logger inherit the mapping, so
 * that the smallest VSZ of them bounds its size, and Shmem what of it is in memory.
 */
export function serverMemories(
  listed: readonly Listed[],
  left: MemoryLeft,
  { files, layout, annotated }: ServerSetting,
): readonly ServerMemory[] {
  const families = familiesOf(listed)
  const sizes = families.map(smallestSize)
  const all = sizes.reduce((sum, size) => sum + size, 0)
  return families.flatMap((processes, index): readonly ServerMemory[] => {
    const size = sizes[index] ?? 0
    const part = all === 0 ? 0 : size / all
    const found = memoryOf(
      size,
      { shmem: left.shmem * part, pool: left.pool * part },
      files,
      layout,
    )
    if (found === undefined) return []
    const name =
      families.length === 1 ? 'postgres shared memory' : `postgres shared memory ${index + 1}`
    return [{ region: regionOf(name, found, files, annotated), processes }]
  })
}

interface ServerSetting {
  readonly files: HostFiles
  readonly layout: Layout
  readonly annotated: AnnotatedScenario
}

/** Processes by server; a server of one process shares nothing. */
function familiesOf(listed: readonly Listed[]): readonly (readonly Listed[])[] {
  const known = listed.filter(
    ({ seen }) => isPostgres(seen.program) || roleOf(seen).program === 'postgres',
  )
  const served = serversOf(known.map(({ seen }) => ({ process: seen, sharesMemory: true })))
  const families = new Map<string, Listed[]>()
  for (const [index, one] of known.entries()) {
    const { server, role } = served[index] ?? { server: '', role: {} }
    if (detached.has(role.name ?? '')) continue
    const family = families.get(server)
    if (family === undefined) families.set(server, [one])
    else family.push(one)
  }
  return [...families.values()].filter(({ length }) => length > 1)
}

function isPostgres(program: string): boolean {
  return /^(postgres|postmaster|edb-postgres)$/.test(program)
}

/** They call PGSharedMemoryDetach(): syslogger.c, and pgstat.c before release 15. */
const detached: ReadonlySet<string> = new Set(['logger', 'stats collector'])

/** In bytes; 0 where the list has no sizes. */
function smallestSize(processes: readonly Listed[]): number {
  const sizes = processes.flatMap(({ seen }) => seen.status.size ?? [])
  const least = sizes.reduce((smallest, size) => Math.min(smallest, size), Number.POSITIVE_INFINITY)
  return Number.isFinite(least) ? least * 1024 : 0
}

interface FoundMemory {
  readonly size: number
  readonly resident: number
  readonly page?: number
}

/** Huge pages where the used pool fits in the address space, else base pages. */
function memoryOf(
  largest: number,
  { shmem, pool }: MemoryLeft,
  files: HostFiles,
  { pageBytes }: Layout,
): FoundMemory | undefined {
  const page = (kib(files.get('proc/meminfo') ?? '', 'Hugepagesize') ?? 0) * 1024
  const huge = page > 0 ? Math.floor(pool / page) * page : 0
  if (huge > shmem && huge <= largest) return { size: huge, resident: huge, page }
  const resident = Math.floor(Math.min(shmem, largest || shmem) / pageBytes) * pageBytes
  if (resident <= 0) return undefined
  return { size: Math.floor(Math.max(resident, largest) / pageBytes) * pageBytes, resident }
}

function regionOf(
  name: string,
  { size, resident, page }: FoundMemory,
  files: HostFiles,
  annotated: AnnotatedScenario,
): AloneRegion {
  const path = ['regions', name]
  const file = memoryFile(files)
  const known =
    page === undefined
      ? 'at most the smallest VSZ of its processes, at least what is resident; no list shows it'
      : `pages in use and reserved of ${file}, which fit in the VSZ of its processes`
  annotated.estimate([...path, 'size'], known)
  annotated.estimate([...path, 'backing'], 'PostgreSQL keeps it in an anonymous mapping')
  if (page === undefined) {
    annotated.estimate([...path, 'resident'], `Shmem of ${file}, without the segments of ipcs`)
  } else {
    annotated.estimate([...path, 'fallback'], "huge_pages = try, PostgreSQL's default")
  }
  return {
    name,
    bytes: size,
    there: page === undefined ? resident : size,
    ...(page === undefined ? {} : { page }),
    text: {
      size: writeSize(bytes(size)),
      backing: 'anonymous-shared',
      program: 'postgresql',
      ...(page === undefined
        ? { resident: writeSize(bytes(resident)) }
        : { pageSize: writeSize(bytes(page)), fallback: 'base-pages' as const }),
    },
  }
}

/** Bytes of the pool of the usual size that are in use or promised. */
export function usedPool(files: HostFiles): number {
  const page = (kib(files.get('proc/meminfo') ?? '', 'Hugepagesize') ?? 0) * 1024
  return page === 0 ? 0 : (takenPages(files, page) ?? 0) * page
}
