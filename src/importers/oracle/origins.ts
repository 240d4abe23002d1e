import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { Spot } from '../../scenario/yaml/yaml-tree.ts'
import { optionSpot } from '../command-line-values.ts'
import type { ImportOptions } from '../importer.ts'
import type { Instance } from './instance.ts'
import { valueSpotOf } from './instance.ts'
import type { SystemArea } from './system-area.ts'

/** Where the size of the SGA is set: the largest, if several make it up. */
export function sizeSpot(instance: Instance, { by }: SystemArea): Spot | undefined {
  const { numberOf } = instance
  const [largest] = by.toSorted((a, b) => (numberOf(b) ?? 0) - (numberOf(a) ?? 0))
  return largest === undefined ? undefined : placeIn(instance, largest)
}

function placeIn({ entryOf }: Instance, name: string): Spot | undefined {
  const entry = entryOf(name)
  return entry === undefined ? undefined : valueSpotOf(entry)
}

/** Where those look who find fault with the scenario. */
export function remarkOrigins(
  instance: Instance,
  area: SystemArea,
  { connections }: ImportOptions,
  annotated: AnnotatedScenario,
): void {
  const size = sizeSpot(instance, area)
  const processes = optionSpot('--connections', connections) ?? placeIn(instance, 'processes')
  annotated.decidedBy(['regions', 'sga'], size)
  annotated.decidedBy(['host', 'hugepages'], size)
  annotated.decidedBy(['groups'], processes)
  for (const group of ['servers', 'background']) {
    annotated.decidedBy(['groups', group, 'processes'], processes)
    annotated.decidedBy(
      ['groups', group, 'private'],
      placeIn(instance, 'pga_aggregate_target'),
      size,
    )
    annotated.decidedBy(['groups', group, 'maps'], size)
  }
}
