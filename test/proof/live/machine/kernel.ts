import type { Group, Mapping } from '../../../../src/workload/group.ts'
import type { Region } from '../../../../src/workload/region.ts'
import type { Workload } from '../../../../src/workload/workload.ts'
import { nth } from '../../../build.ts'
import { Unasked } from '../unasked.ts'
import type { Handle, MapOrder, ObjectOrder } from './orders.ts'
import type { Worker } from './processes.ts'
import { startWorker } from './processes.ts'
import { runsOf } from './touched-runs.ts'

/** The kernel under the test: makes what a workload says, and reads what it costs. */
export interface Kernel {
  /**
   * Growth of VmPTE in KB, process by process, groups in file order.
   * @throws Unasked
   */
  readonly measure: (workload: Workload, alive?: WhileAlive) => Promise<readonly number[]>
  /** Measurements repeated because a process's own program had grown meanwhile. */
  readonly repeats: () => number
  readonly close: () => Promise<void>
}

/** Looks for entries in the tables of a process, address by address. */
export type Peek = (process: number, addresses: readonly number[]) => Promise<readonly boolean[]>

/** Called after all processes have touched what they touch, before they unmap it. */
type WhileAlive = (peek: Peek) => Promise<void>

/**
 * While it is young, the program of a process grows in a third of the measurements: of several processes
 * one or another does, many times in a row.
 */
const mostTries = 50

/** Starts the processes that measure; as many as a workload may have. */
export async function openKernel(processes: number): Promise<Kernel> {
  let keeper = await startWorker()
  let workers = await startAll(processes)
  let repeats = 0
  const restart = async (): Promise<void> => {
    await Promise.all([keeper, ...workers].map((worker) => worker.end()))
    keeper = await startWorker()
    workers = await startAll(processes)
  }
  const measure = async (workload: Workload, alive?: WhileAlive): Promise<readonly number[]> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const growth = await measureOnce(keeper, workers, workload, alive).catch(async (error) => {
        await restart()
        throw error
      })
      if (growth.every((one) => one.left === 0)) return growth.map((one) => one.grown)
      repeats += 1
    }
    throw new Unasked(`VmPTE did not come back to where it was, ${mostTries} times in a row`)
  }
  const close = async (): Promise<void> => {
    await Promise.all([keeper, ...workers].map((worker) => worker.end()))
  }
  return { measure, repeats: () => repeats, close }
}

function startAll(processes: number): Promise<Worker[]> {
  return Promise.all(Array.from({ length: processes }, () => startWorker()))
}

interface Growth {
  readonly grown: number
  /** What is left of it when everything is unmapped. */
  readonly left: number
}

/** Processes take their turns, so that who comes first at a shared table is no matter of chance. */
async function measureOnce(
  keeper: Worker,
  workers: readonly Worker[],
  workload: Workload,
  alive?: WhileAlive,
): Promise<readonly Growth[]> {
  const { handles = [] } = await keeper.ask({ kind: 'make', objects: objectsOf(workload) })
  const groups = workload.groups.flatMap((group) =>
    Array.from({ length: group.processes }, () => group),
  )
  const grown: { readonly worker: Worker; readonly before: number; readonly after: number }[] = []
  for (const [index, group] of groups.entries()) {
    const worker = nth(workers, index)
    const maps = group.maps.map((mapping) => mapOrder(workload, mapping, handles))
    const { before = Number.NaN, after = Number.NaN } = await worker.ask({ kind: 'map', maps })
    grown.push({ worker, before, after })
  }
  await alive?.(async (process, addresses) => {
    const { present = [] } = await nth(workers, process).ask({ kind: 'peek', addresses })
    return present
  })
  const growth: Growth[] = []
  for (const { worker, before, after } of grown) {
    const left = await worker.ask({ kind: 'unmap' })
    growth.push({ grown: after - before, left: (left.after ?? Number.NaN) - before })
  }
  await keeper.ask({ kind: 'drop' })
  return growth
}

function isHuge(region: Region, { host }: Workload): boolean {
  return region.pageBytes > host.layout.pageBytes
}

function objectsOf(workload: Workload): readonly ObjectOrder[] {
  return workload.regions.map((region) => ({
    // Mapped once, and whole, memory without a name is made where it is mapped.
    backing: isOwn(region, workload) ? 'anonymous' : region.backing,
    size: region.pages * workload.host.layout.pageBytes,
    pageBytes: region.pageBytes,
    huge: isHuge(region, workload),
    filled: region.thp && region.backing !== 'anonymous' ? filledPages(region, workload) : [],
  }))
}

function usesOf(region: Region, { groups }: Workload): readonly (readonly [Group, Mapping])[] {
  return groups.flatMap((group) =>
    group.maps
      .filter((mapping) => mapping.region === region.name)
      .map((mapping): [Group, Mapping] => [group, mapping]),
  )
}

function isOwn(region: Region, workload: Workload): boolean {
  const [use, more] = usesOf(region, workload)
  if (region.backing !== 'anonymous-shared' || use === undefined || more !== undefined) return false
  const [{ processes }, { length }] = use
  return processes === 1 && length === region.pages
}

/**
 * Starts of the huge pages that hold what is touched of a region, where several mappings touch it:
 * the first of them alone would decide whether it is on huge pages, also for the others.
 */
function filledPages(region: Region, workload: Workload): readonly number[] {
  const uses = usesOf(region, workload)
  const processes = uses.reduce((sum, [group]) => sum + group.processes, 0)
  if (processes <= 1) return []
  const { pageBytes } = workload.host.layout
  const unit = 2 ** 21
  const starts = uses.flatMap(([, { offset, length, touched }]) =>
    runsOf(touched, length).flatMap(([from, run]) => {
      const first = Math.floor(((offset + from) * pageBytes) / unit)
      const last = Math.floor(((offset + from + run) * pageBytes - 1) / unit)
      return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * unit)
    }),
  )
  return [...new Set(starts)]
}

function mapOrder(workload: Workload, mapping: Mapping, handles: readonly Handle[]): MapOrder {
  const { pageBytes } = workload.host.layout
  const index = workload.regions.findIndex(({ name }) => name === mapping.region)
  const region = nth(workload.regions, index)
  if (mapping.at === undefined) throw new RangeError(`${region.name}: no address`)
  return {
    at: mapping.at * pageBytes,
    length: mapping.length * pageBytes,
    offset: mapping.offset * pageBytes,
    handle: nth(handles, index),
    shared: region.backing !== 'anonymous' && !mapping.private,
    writes: mapping.access === 'rw',
    pageBytes: region.pageBytes,
    huge: isHuge(region, workload),
    thp: region.thp,
    touched: runsOf(mapping.touched, mapping.length).map(([from, length]) => [
      from * pageBytes,
      length * pageBytes,
    ]),
  }
}
