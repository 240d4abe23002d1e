import { pathText } from '../../units/path.ts'
import type { Assumption, Region, Workload } from '../../workload/workload.ts'
import { programRules } from '../programs/catalogue.ts'

/** What is known of the sizes that a scenario states. */
export interface KnownSizes {
  /** The region's size is what its program asks for, to the page. */
  readonly isExact: (region: Region) => boolean
  /** Bytes that the program asks for beyond the size, a bound from above; 0 where the size has them. */
  readonly overheadOf: (region: Region) => number
}

const mib = 2 ** 20

/**
 * People write round sizes of what a program is configured with, and the program asks for a little
 * more. What capture measured or import computed is the whole of it; computed with a margin, it
 * is among the assumptions.
 */
export function knownSizes(workload: Workload, assumptions: readonly Assumption[]): KnownSizes {
  const paths = new Set(assumptions.map(({ path }) => path))
  const byHand = workload.measured === undefined && !assumptions.some(({ stated }) => stated)
  const overheadOf = (region: Region): number => {
    const isRound = region.size % mib === 0
    const onHugePages = region.pageBytes > workload.host.layout.pageBytes
    if (!byHand || !isRound || onHugePages) return 0
    const alone = workload.regions.filter(({ program }) => program === region.program).length === 1
    const rules = programRules[region.program]
    return rules.overheadBytes?.(region, processesOf(workload, region), alone) ?? 0
  }
  return {
    overheadOf,
    isExact: (region) =>
      !paths.has(pathText(['regions', region.name, 'size'])) && overheadOf(region) === 0,
  }
}

function processesOf({ groups }: Workload, { name }: Region): number {
  return groups
    .filter(({ maps }) => maps.some(({ region }) => region === name))
    .reduce((sum, { processes }) => sum + processes, 0)
}
