import type { Path } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import type { Workload } from '../../workload/workload.ts'
import { isNeedMonotone } from '../strategy/monotone-need.ts'
import type { RangeInput } from './input.ts'

/**
 * Whether page tables, demand, headroom and risk of a strategy only rise, or only fall, with a value
 * while all others stay: then its ends are the bounds. By rule, value by value; what has no rule is
 * searched. docs/model/ranges.md has the reasons.
 */
export function isMonotone(input: RangeInput, workload: Workload, id: string): boolean {
  return input.places.every((place) => hasRule(place, input, workload, id))
}

function hasRule(place: Path, input: RangeInput, workload: Workload, id: string): boolean {
  return place[0] === 'host'
    ? isHostMonotone(String(place[1]), input, workload, id)
    : isNeedMonotone(place, workload, id)
}

function isHostMonotone(
  key: string,
  { range }: RangeInput,
  { host }: Workload,
  id: string,
): boolean {
  // Every other strategy has exactly the pool that it needs.
  if (key === 'hugepages') return id !== 'as-described'
  if (key !== 'memory') return key !== 'pti'
  // One more zone raises the min watermark at once: mm/khugepaged.c.
  if (host.minFree !== undefined) return true
  if (range.kind !== 'interval') return false
  return host.layout.zones(bytes(range.from)) === host.layout.zones(bytes(range.to))
}
