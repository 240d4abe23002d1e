import type { Bytes } from '../../units/quantity.ts'
import { bytes } from '../../units/quantity.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Look } from '../limits/search.ts'
import { lastWithRoom } from '../limits/search.ts'
import { mostMemory } from '../limits/variables.ts'
import type { LimitAdvice } from '../result/advice-result.ts'
import { stateOf } from './state.ts'

/** A workload with as much room as it takes to be safe. */
export interface Room {
  readonly workload: Workload
  readonly cgroups: readonly LimitAdvice[]
  /** Least memory of the host that is safe, where it has less. */
  readonly safeBytes?: Bytes
}

/**
 * The least limits of cgroups, and the least memory, at which a workload is safe.
 * @returns `undefined` where it is safe, or where no memory is enough.
 */
export function roomFor(workload: Workload): Room | undefined {
  const limited = withSafeLimits(workload)
  const state = stateOf(limited.workload)
  if (state === undefined) return undefined
  if (state.outcome.risk.hostLevel === 'safe') {
    return limited.cgroups.length === 0 ? undefined : limited
  }
  const { capacityBytes, demandBytes } = state.outcome.memory
  const taken = workload.host.memory - capacityBytes + demandBytes
  const safeBytes = leastMemory(limited.workload, Math.ceil((taken * 10) / 9))
  if (safeBytes === undefined) return undefined
  return { ...limited, workload: withMemory(limited.workload, safeBytes), safeBytes }
}

function withMemory(workload: Workload, memory: Bytes): Workload {
  return { ...workload, host: { ...workload.host, memory } }
}

/** In whole pages, found on the model itself. */
function leastMemory(workload: Workload, guess: number): Bytes | undefined {
  const { pageBytes } = workload.host.layout
  const most = mostMemory / pageBytes
  const memoryAt = (place: number): Bytes => bytes((most - place) * pageBytes, 'memory')
  const look = (place: number): Look => {
    const outcome = stateOf(withMemory(workload, memoryAt(place)))?.outcome
    if (outcome === undefined) return { holds: false, room: undefined }
    const room = outcome.memory.headroomBytes - memoryAt(place) / 10
    return { holds: outcome.risk.hostLevel === 'safe', room: [room] }
  }
  const last = lastWithRoom(look, most - 1, [most - Math.ceil(guess / pageBytes)])
  return last === undefined ? undefined : memoryAt(last)
}

/** A tenth of the limit stays free: L − demand ≥ L / 10. */
function withSafeLimits(workload: Workload): Omit<Room, 'safeBytes'> {
  const { host } = workload
  const limited = stateOf(workload)?.outcome.risk.cgroups ?? []
  const small = limited.filter(({ level }) => level !== 'safe')
  if (small.length === 0) return { workload, cgroups: [] }
  const { pageBytes } = host.layout
  const cgroups = small.map(({ name, limitBytes, demandBytes }) => {
    // Demand is rounded, down at most by half a byte.
    const least = Math.ceil(((demandBytes + 1) * 10) / 9)
    return { name, limitBytes, safeBytes: Math.ceil(least / pageBytes) * pageBytes }
  })
  const limits = new Map(cgroups.map(({ name, safeBytes }) => [name, bytes(safeBytes, 'limit')]))
  const raised = host.cgroups.map((one) => ({ ...one, limit: limits.get(one.name) ?? one.limit }))
  return { workload: { ...workload, host: { ...host, cgroups: raised } }, cgroups }
}
