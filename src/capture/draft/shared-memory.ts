import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { formatBytes } from '../../units/format.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { sharedLine } from '../host/reserve.ts'
import type { CapturedScenario } from './captured-scenario.ts'

/** Planned and resident memory count as equal up to this ratio. */
const nearly = 1.01

/**
 * Puts all shared memory into the scenario once. A region gets the memory that touching plans, or more
 * where more is resident; the rest is shared memory of others.
 * @param planned bytes that touching makes resident of each region that is shmem, by name.
 */
export function placeShared(
  { annotated, regions, shmemBytes }: CapturedScenario,
  planned: ReadonlyMap<string, number>,
): void {
  const resident = new Map([...regions.regions.values()].map((one) => [one.name, one.resident]))
  let total = 0
  for (const [name, touched] of planned) {
    const known = resident.get(name)
    const region = annotated.scenario.regions?.[name]
    const isMore = known !== undefined && known.bytes > touched * nearly
    total += isMore ? known.bytes : touched
    if (!isMore || region === undefined) continue
    const held = { ...region, resident: { atLeast: writeSize(bytes(known.bytes)) } }
    annotated.scenario = {
      ...annotated.scenario,
      regions: { ...annotated.scenario.regions, [name]: held },
    }
    annotated.say(['regions', name, 'resident', 'atLeast'], known.source)
  }
  leaveToOthers(annotated, shmemBytes, total)
  const open = [...planned.keys()].filter((name) => resident.get(name)?.isAll === false)
  const rest = shmemBytes - total - regions.otherSegments
  if (open.length > 0 && rest > shmemBytes * much) remarkOn(annotated, rest)
}

/** A smaller share of all shmem may be temporary files, as on any machine. */
const much = 0.1

function remarkOn(annotated: AnnotatedScenario, rest: number): void {
  const what = `${formatBytes(rest)} of Shmem is mapped by none of these processes and is planned as memory of others`
  const otherwise =
    'if a part of it belongs to a region, add that part to its `resident`, or plans for huge pages count it twice'
  annotated.remark(`${what}; ${otherwise}`, sharedLine)
}

/** Shared memory of others is all shmem less the memory of the regions in the plan. */
function leaveToOthers(annotated: AnnotatedScenario, shmemBytes: number, ownBytes: number): void {
  const { host } = annotated.scenario
  if (typeof host.reserve !== 'object') return
  const rest = shmemBytes - ownBytes
  const { [sharedLine]: _, ...others } = host.reserve
  const line = { [sharedLine]: writeSize(bytes(Math.max(0, Math.round(rest)))) }
  const reserve = rest >= 1 ? { ...host.reserve, ...line } : others
  annotated.scenario = { ...annotated.scenario, host: { ...host, reserve } }
  if (rest < 1) annotated.forget(['host', 'reserve', sharedLine])
  if (shmemBytes > 0 && rest * 100 < -shmemBytes) {
    const [planned, all] = [ownBytes, shmemBytes].map((amount) => formatBytes(amount))
    const why = 'each process is assumed to touch unknown pages of its own'
    annotated.remark(
      `the plan has ${planned} of the regions in memory, but Shmem of /proc/meminfo is ${all}: ${why}; the real headroom is larger by the difference`,
      sharedLine,
    )
  }
}
