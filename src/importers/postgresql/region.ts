import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { RegionText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { optionSpot } from '../command-line-values.ts'
import type { ImportOptions } from '../importer.ts'
import { isIn } from './guc/defaults.ts'
import type { Settings } from './guc/settings.ts'
import type { KnownRelease } from './release.ts'
import { saySetting, settingSource } from './setting-source.ts'
import type { SharedMemory } from './shared-memory.ts'
import type { Uncertainty } from './uncertainty.ts'

/** Name of the region in the scenario. */
export const shared = 'shared-memory'

/** The shared memory of the server, on the pages that it asks for. */
export function regionOf(
  settings: Settings,
  release: KnownRelease,
  memory: SharedMemory,
  annotated: AnnotatedScenario,
): RegionText {
  const path = ['regions', shared]
  const backing = settings.wordOf('shared_memory_type') === 'sysv' ? 'sysv-shm' : 'anonymous-shared'
  remarkBacking(settings, annotated)
  const mode = settings.wordOf('huge_pages')
  const program = {
    program: 'postgresql',
    ...(release.series === undefined ? {} : { programRelease: release.series }),
  } as const
  const plain = { size: writeSize(bytes(memory.bytes)), backing, ...program } as const
  const lacking = lackOf(settings, backing)
  if (lacking !== undefined) {
    annotated.decidedBy([...path, 'pageSize'], settings.lineOf('huge_page_size')?.valueSpot)
    annotated.assume([...path, 'pageSize'], lacking)
    return { ...plain, pageSize: '4 KiB' }
  }
  if (mode === 'off') return plain
  const isSized = settings.lineOf('huge_page_size') !== undefined
  saySetting(annotated, settings, [...path, 'pageSize'], isSized ? 'huge_page_size' : 'huge_pages')
  saySetting(annotated, settings, [...path, 'fallback'], 'huge_pages')
  const page = hugePageBytes(settings)
  return {
    size: writeSize(bytes(Math.ceil(memory.bytes / page) * page)),
    backing,
    pageSize: writeSize(bytes(page)),
    fallback: mode === 'on' ? 'fail' : 'base-pages',
    ...program,
  }
}

/** PGSharedMemoryCreate(): one SysV segment for all, until 9.3 mapped it but for a few bytes. */
function remarkBacking(settings: Settings, annotated: AnnotatedScenario): void {
  const { release } = settings
  const path = ['regions', shared, 'backing']
  if (isIn('shared_memory_type', release)) {
    saySetting(annotated, settings, path, 'shared_memory_type')
    return
  }
  const what =
    settings.wordOf('shared_memory_type') === 'sysv' ? 'one SysV segment' : 'mapped memory'
  annotated.assume(path, `PostgreSQL ${release} has ${what}; no parameter changes that`)
}

/** The first release that can have its shared memory on huge pages. */
export const firstWithHugePages = 9.4

/** Sizes of huge pages on x86-64, which the scenario is of. */
const hugePages: readonly number[] = [2 ** 21, 2 ** 30]

/**
 * Why a server goes on with base pages, without rounding up to huge ones, however large the pool is:
 * PGSharedMemoryCreate() and CreateAnonymousSegment() of src/backend/port/sysv_shmem.c.
 */
function lackOf(settings: Settings, backing: RegionText['backing']): string | undefined {
  if (settings.release < firstWithHugePages) {
    return `PostgreSQL ${settings.release} cannot use huge pages, which need ${firstWithHugePages} or later: upgrade first`
  }
  if (settings.wordOf('huge_pages') !== 'try') return undefined
  const behind = `with ${settingSource(settings, 'huge_pages')} the server falls back to base pages`
  if (backing === 'sysv-shm') return `SysV memory of PostgreSQL is not on huge pages: ${behind}`
  if (hugePages.includes(hugePageBytes(settings))) return undefined
  return `${settingSource(settings, 'huge_page_size')}, and x86-64 has no such pages: ${behind}`
}

/** With huge_page_size = 0 the kernel's default counts: 2 MiB on x86-64. */
function hugePageBytes(settings: Settings): number {
  return (settings.numberOf('huge_page_size') || 2048) * 1024
}

/** Without the pool a server with huge_pages = on does not start; with `try` the size of the pool is unknown. */
export function poolOf(
  settings: Settings,
  memory: SharedMemory,
  annotated: AnnotatedScenario,
): Readonly<Record<string, number>> | undefined {
  if (settings.wordOf('huge_pages') !== 'on') return undefined
  const page = hugePageBytes(settings)
  const size = writeSize(bytes(page))
  annotated.decidedBy(['host', 'hugepages'], settings.lineOf('huge_page_size')?.valueSpot)
  annotated.assume(
    ['host', 'hugepages', size],
    'with huge_pages = on the server starts only where the pool holds its shared memory',
  )
  return { [size]: Math.ceil(memory.bytes / page) }
}

/**
 * Where the size comes from. It is assumed only where it is not known to the byte: whoever advises a
 * pool for it looks for that.
 */
export function remarkSize(
  memory: SharedMemory,
  uncertainties: readonly Uncertainty[],
  settings: Settings,
  release: KnownRelease,
  options: ImportOptions,
  annotated: AnnotatedScenario,
): void {
  const path = ['regions', shared, 'size']
  remarkPlaces(settings, options, annotated)
  const largest = memory.parts
    .filter((part) => part.bytes >= 2 ** 20)
    .map(({ name, bytes: size }) => `${name} ${formatBytes(size)}`)
    .join(', ')
  const origin = `as PostgreSQL ${release.rules} does, from ${settingSource(settings, 'shared_buffers')}, ${roomOf(settings, options)} and the other settings`
  if (uncertainties.length === 0) {
    annotated.say(path, `computed ${origin}: ${largest}`)
    return
  }
  annotated.say(path, largest)
  const reasons = uncertainties.map(({ why, marginBytes }) =>
    marginBytes === 0 ? why : `${why}, so a margin of ${formatBytes(marginBytes)} is included`,
  )
  annotated.assume(path, `estimated ${origin}; ${reasons.join('; ')}`)
}

function roomOf(settings: Settings, { connections }: ImportOptions): string {
  return connections !== undefined && connections > settings.numberOf('max_connections')
    ? `--connections ${connections} (the files say ${settingSource(settings, 'max_connections')})`
    : settingSource(settings, 'max_connections')
}

function remarkPlaces(
  settings: Settings,
  { connections }: ImportOptions,
  annotated: AnnotatedScenario,
): void {
  const decisive = (['shared_buffers', 'max_connections'] as const).map(
    (name) => settings.lineOf(name)?.valueSpot,
  )
  const option = optionSpot('--connections', connections)
  annotated.decidedBy(['regions', shared], ...decisive, option)
  annotated.decidedBy(['groups'], option, decisive[1])
}
