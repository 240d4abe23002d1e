import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { RegionText } from '../../scenario/schema/scenario-text.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { ImportOptions } from '../importer.ts'
import type { Instance } from './instance.ts'
import { parameterSource } from './instance.ts'
import type { SystemArea } from './system-area.ts'

const program = 'oracle'

/** The SGA as a region, with the source of each of its values. */
export function regionOf(
  instance: Instance,
  area: SystemArea,
  { release }: ImportOptions,
  annotated: AnnotatedScenario,
): RegionText {
  const path = ['regions', 'sga']
  const reasons = area.by.map((name) => parameterSource(instance, name)).join(', ')
  const size = writeSize(bytes(area.bytes))
  const known = { program, ...(release === undefined ? {} : { programRelease: release }) } as const
  if (area.guess === undefined) {
    annotated.say([...path, 'size'], `${reasons}, in granules of ${formatBytes(area.granule)}`)
  } else {
    annotated.assume([...path, 'size'], `${area.guess}; ${reasons}`)
  }
  if (area.inFiles) {
    annotated.say([...path, 'objects'], `granules of ${formatBytes(area.granule)}`)
    return { size, backing: 'posix-shm', ...known, objects: area.bytes / area.granule }
  }
  const locked = instance.wordOf('lock_sga') === 'true'
  if (locked) annotated.say([...path, 'locked'], parameterSource(instance, 'lock_sga'))
  const pages = pagesOf(instance, release, annotated)
  return { size, backing: 'sysv-shm', ...known, ...pages, ...(locked ? { locked } : {}) }
}

/**
 * TRUE takes what huge pages there are and goes on with base pages since 11.2.0.3; with AUTO the instance
 * asks the kernel for more first, and goes on likewise. ONLY and AUTO_ONLY start on huge pages alone.
 * TRUE is the default, but for Exadata, whose own no file says: Oracle Database Reference 19c,
 * USE_LARGE_PAGES.
 */
function pagesOf(
  instance: Instance,
  release: string | undefined,
  annotated: AnnotatedScenario,
): Pick<RegionText, 'pageSize' | 'fallback'> {
  const path = ['regions', 'sga']
  const word = instance.wordOf('use_large_pages') ?? 'true'
  if (word === 'false') return {}
  const isGiven = instance.entryOf('use_large_pages') !== undefined
  const why = isGiven
    ? parameterSource(instance, 'use_large_pages')
    : "use_large_pages = TRUE (Oracle's default; on Exadata it is AUTO_ONLY, in the cloud and with OEDA ONLY)"
  for (const key of ['pageSize', 'fallback']) {
    if (isGiven) annotated.say([...path, key], why)
    else annotated.assume([...path, key], why)
  }
  return { pageSize: '2 MiB', fallback: fallbackOf(word, release) }
}

/** 11.2.0.2 left the huge pages alone where they were too few for all of it. */
function fallbackOf(word: string, release = '19'): NonNullable<RegionText['fallback']> {
  if (word !== 'true' && word !== 'auto') return 'fail'
  return /^(?:[89]|10|11[.]1|11[.]2[.]0[.][12])(?:[.]|$)/.test(release) ? 'base-pages' : 'mixed'
}

/** ONLY and AUTO_ONLY: the instance does not start unless all of the SGA is on huge pages. */
export function poolOf(
  { bytes: size }: SystemArea,
  annotated: AnnotatedScenario,
): Readonly<Record<string, number>> {
  const why = 'the instance starts only where the pool holds the SGA'
  annotated.assume(['host', 'hugepages', '2 MiB'], why)
  return { '2 MiB': Math.ceil(size / 2 ** 21) }
}
