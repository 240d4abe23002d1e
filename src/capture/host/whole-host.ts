import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { HostText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { LimitedCgroup } from '../estimate/limited-groups.ts'
import { size } from '../files/memory-text.ts'
import type { Observation } from '../machine/observation.ts'
import type { ReserveLine } from './reserve.ts'
import { reserveLines } from './reserve.ts'
import { swapBeyondTotal } from './swap-use.ts'

/** The host with what others use of it, and the limits of the control groups of its groups. */
export function wholeHost(
  seen: Observation,
  limits: readonly (LimitedCgroup | undefined)[],
  annotated: AnnotatedScenario,
): HostText {
  const { host } = annotated.scenario
  const reserve = reserveLines(seen)
  sayReserve(reserve, annotated)
  const swap = swapBeyondTotal(seen)
  if (swap !== undefined) annotated.estimate(['host', 'swap'], swap.why)
  const cgroups = new Map(limits.flatMap((one) => (one === undefined ? [] : [[one.path, one]])))
  for (const [path, { source }] of cgroups)
    annotated.say(['host', 'cgroups', path, 'limit'], source)
  return {
    ...host,
    ...(swap === undefined ? {} : { swap: size(swap.kib, 'the sum of VmSwap') }),
    ...(reserve.length === 0
      ? {}
      : {
          reserve: Object.fromEntries(
            reserve.map((line) => [line.name, size(line.kib, line.source)]),
          ),
        }),
    ...(cgroups.size === 0
      ? {}
      : {
          cgroups: Object.fromEntries(
            [...cgroups].map(([path, { limit }]) => [path, { limit: writeSize(bytes(limit)) }]),
          ),
        }),
  }
}

/** Says where the lines of the reserve come from. */
export function sayReserve(reserve: readonly ReserveLine[], annotated: AnnotatedScenario): void {
  for (const line of reserve) annotated.say(['host', 'reserve', line.name], line.source)
}
