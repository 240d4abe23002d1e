import type { Spot } from '../../scenario/yaml/yaml-tree.ts'
import type { Wishes } from '../imported.ts'
import type { Remarks } from '../remarks.ts'
import { decidedBy, ofOption } from '../remarks.ts'
import type { Instance } from './instance.ts'
import { valueSpotOf } from './instance.ts'
import type { SystemArea } from './system-area.ts'

/** Where the size of the SGA stands: the largest, where it is made up of several. */
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
  { connections }: Wishes,
  remarks: Remarks,
): void {
  const size = sizeSpot(instance, area)
  const processes = ofOption('--connections', connections) ?? placeIn(instance, 'processes')
  decidedBy(remarks, ['regions', 'sga'], size)
  decidedBy(remarks, ['host', 'hugepages'], size)
  decidedBy(remarks, ['groups'], processes)
  for (const group of ['servers', 'background']) {
    decidedBy(remarks, ['groups', group, 'processes'], processes)
    decidedBy(
      remarks,
      ['groups', group, 'private'],
      placeIn(instance, 'pga_aggregate_target'),
      size,
    )
    decidedBy(remarks, ['groups', group, 'maps'], size)
  }
}
