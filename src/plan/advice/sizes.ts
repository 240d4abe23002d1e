import { isShort, poolNeeds } from '../../sharing/pools/needs.ts'
import { groupedBy } from '../../units/grouped.ts'
import { pathText } from '../../units/path.ts'
import { sumBy } from '../../units/sum.ts'
import { mappersOf } from '../../workload/mappers.ts'
import type { Region } from '../../workload/region.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import { programRules } from '../programs/catalogue.ts'

/** What is known of the sizes that a scenario states. */
export interface KnownSizes {
  /** The region's size is what its program asks for, to the page. */
  readonly isExact: (region: Region) => boolean
  /** Bytes that the program asks for beyond the size, a bound from above; 0 where the size has them. */
  readonly overheadOf: (region: Region) => number
  /** Pages of a pool that seem idle, and that a program asks for beyond such a size. */
  readonly keptPages: (pageBytes: number) => number
}

const mib = 2 ** 20
/** On huge pages each size is a multiple of one: what people configure is so of more. */
const configuredStep = 64 * mib

/**
 * People write round sizes of what a program is configured with, and the program asks for a little
 * more. What capture measured or import computed is the whole of it; computed with a margin, it
 * is among the assumptions. An import knows the program's release, or assumes something of the
 * region; a template of init that was told the size does neither. On huge pages the pool says
 * whether it has room for more than the size.
 */
export function knownSizes(workload: Workload, assumptions: readonly Assumption[]): KnownSizes {
  const paths = new Set(assumptions.map(({ path }) => path))
  const computed = assumptions.flatMap(({ path, stated }) => (stated ? [path] : []))
  const isByHand = ({ name, programRelease }: Region): boolean => {
    if (workload.measured !== undefined) return false
    if (computed.length > 0 && programRelease !== undefined) return false
    const region = pathText(['regions', name])
    return !computed.some((path) => path.startsWith(`${region}.`))
  }
  const short = new Set(
    poolNeeds(workload)
      .filter(isShort)
      .map(({ region }) => region.name),
  )
  const ofProgram = groupedBy(workload.regions, ({ program }) => program)
  const isOnHugePages = ({ pageBytes }: Region): boolean =>
    pageBytes > workload.host.layout.pageBytes
  const beyond = (region: Region): number => {
    const step = isOnHugePages(region) ? configuredStep : mib
    if (!isByHand(region) || region.size % step !== 0) return 0
    const alone = ofProgram.get(region.program)?.length === 1
    const rules = programRules[region.program]
    return rules.overheadBytes?.(region, processesOf(workload, region), alone) ?? 0
  }
  const overheadOf = (region: Region): number =>
    isOnHugePages(region) && !short.has(region.name) ? 0 : beyond(region)
  return {
    overheadOf,
    isExact: (region) =>
      !paths.has(pathText(['regions', region.name, 'size'])) && overheadOf(region) === 0,
    keptPages: (pageBytes) =>
      workload.regions
        .filter((region) => isOnHugePages(region) && region.pageBytes === pageBytes)
        .filter(({ name, objects }) => !short.has(name) && objects === 1)
        .reduce((sum, region) => sum + Math.ceil(beyond(region) / pageBytes), 0),
  }
}

function processesOf(workload: Workload, { name }: Region): number {
  const mapping = new Set(mappersOf(workload, name).map(({ group }) => group))
  return sumBy(mapping, (group) => workload.groups[group]?.processes ?? 0)
}
