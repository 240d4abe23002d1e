import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, ScenarioText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { size } from '../files/memory-text.ts'
import type { SysvSegment } from '../files/sysv-segments.ts'
import { segmentName } from '../files/sysv-segments.ts'
import type { AloneGroup } from './alone-groups.ts'
import type { AloneRegion } from './alone-regions.ts'
import type { GroupToInfer, InferredTouch } from './inferred-touch.ts'
import type { PrivateMemory } from './private-memory.ts'

/** A group with its private memory. */
export interface KnownGroup extends GroupToInfer {
  readonly memory?: PrivateMemory
}

/** A group as text; which pages it has touched is not known yet. */
export function groupText(
  { name, processes, why, isAssumed, uid, threads, regions, rss = 0, memory }: KnownGroup,
  annotated: AnnotatedScenario,
): GroupText {
  const path = ['groups', name]
  if (isAssumed) annotated.estimate([...path, 'processes'], why)
  else annotated.say([...path, 'processes'], why)
  const own = memory?.kib ?? 0
  if (own > 0 && memory !== undefined)
    annotated.estimate([...path, 'private'], privateWords(memory, rss))
  if (threads > 1) annotated.say([...path, 'threads'], 'NLWP or LWP of the list, on average')
  const maps = regions.map(({ name: region }) => ({ region, touched: 'all' }))
  return {
    processes,
    ...(threads > 1 ? { threads } : {}),
    ...(own > 0 ? { private: size(own) } : {}),
    ...(uid === undefined ? {} : { uid }),
    ...(maps.length === 0 ? {} : { maps }),
  }
}

function privateWords({ kib, resident, least, most }: PrivateMemory, rss: number): string {
  const mean = `RSS of ${Math.round(rss)} kB on average`
  const swapped = kib > resident ? `; ${kib - resident} KiB of it swapped out` : ''
  if (resident >= Math.floor(most)) return `${mean}${swapped}`
  const [from, to] = [Math.min(least, resident), most].map((amount) => Math.round(amount))
  return `${from} to ${to} KiB in memory: ${mean} counts shared memory and files too; all groups together have AnonPages${swapped}`
}

/** The groups with what PageTables says that they have touched. */
export function withTouched(
  scenario: ScenarioText,
  groups: readonly KnownGroup[],
  { touchedOf, baseFactor }: InferredTouch,
  annotated: AnnotatedScenario,
): ScenarioText {
  const isScaled = Math.abs(baseFactor - 1) > nearlyUsual
  const texts = groups.map((group) => {
    const path = ['groups', group.name]
    const maps = group.regions.map((region, index) => {
      const touched = touchedOf(group, region)
      annotated.estimate([...path, 'maps', index, 'touched'], whyTouched(region, touched))
      return { region: region.name, touched }
    })
    const base =
      Math.round((usualBase + (group.privateKib / 512) * upperLevels) * baseFactor) * 1024
    if (isScaled) {
      const why = 'inferred: PageTables less the tables of the regions, divided among the processes'
      annotated.estimate([...path, 'baseTables'], why)
    }
    const text = {
      ...scenario.groups[group.name],
      processes: group.processes,
      ...(isScaled ? { baseTables: writeSize(bytes(base)) } : {}),
      ...(maps.length === 0 ? {} : { maps }),
    }
    return [group.name, text] as const
  })
  return { ...scenario, groups: Object.fromEntries(texts) }
}

/** A pmd table for 512 pte tables. */
const upperLevels = 1 + 1 / 512
/** KiB that scenarios assume for the base tables of a process. */
const usualBase = 160
/** A smaller difference is within what each process may need more or less. */
const nearlyUsual = 0.02

function whyTouched({ page, there, bytes: length }: AloneRegion, touched: unknown): string {
  if (page !== undefined) return 'the touched huge pages are unknown: all are assumed'
  if (typeof touched === 'object' && touched !== null && 'random' in touched) {
    return 'inferred from PageTables: which spans a process has touched is unknown'
  }
  if (touched === 'none') return 'inferred from PageTables: other memory explains all of it'
  return there < length
    ? 'rss and swap: no more of it exists to be touched'
    : 'the pages that each process touched are unknown: all are assumed'
}

/** What the scenario is called; the next capture of the machine is called the same. */
export function titleOf(groups: readonly AloneGroup[], segments: readonly SysvSegment[]): string {
  const isListed = groups.some(({ isAssumed }) => !isAssumed)
  const what = isListed ? 'A machine by its list of processes' : 'A machine without its processes'
  if (segments.length === 0) return what
  const largest = segments.reduce((one, other) => (other.bytes > one.bytes ? other : one))
  const rest = segments.length === 1 ? '' : ` and ${segments.length - 1} more`
  return `${what}: ${segmentName(largest)}${rest}`
}
