import { anonymousOf, shmemKib } from '../estimate/resident.ts'
import { heldKib, memoryFile } from '../files/memory-text.ts'
import { processesOf } from '../files/numbered.ts'
import type { Observation } from '../machine/observation.ts'

/** Memory in use that no captured process accounts for, in KiB, with its source. */
export interface ReserveLine {
  readonly name: string
  readonly kib: number
  readonly source: string
}

/** The line of page tables that are in no plan of the processes. */
export const tablesLine = 'page tables of others'
/** The line of all shmem, which gives up what is planned to be resident of the regions. */
export const sharedLine = 'other shared memory'

/**
 * Memory in use by /proc/meminfo, less that of the captured processes, so that a plan for some
 * processes leaves room for the others. Lines of 0 are missing. The line of shmem holds all of it:
 * the share in the plan is only known later.
 */
export function reserveLines(seen: Observation): readonly ReserveLine[] {
  const meminfo = seen.files.get('proc/meminfo') ?? ''
  const file = memoryFile(seen.files)
  const of = (key: string): number => heldKib(meminfo, key) ?? 0
  const kernel = of('SUnreclaim') + of('Percpu')
  const lines: readonly ReserveLine[] = [
    {
      name: 'private memory of others',
      kib: of('AnonPages') - privateOf(seen),
      source: `AnonPages of ${file}, less that of the captured processes`,
    },
    {
      name: sharedLine,
      kib: shmemKib(seen),
      source: `Shmem of ${file}, less the planned resident memory of the regions`,
    },
    tablesOfOthers(seen, of('PageTables')),
    {
      name: 'kernel',
      kib: kernel,
      source: `SUnreclaim and Percpu of ${file}; kernelMemory counts a part of it again`,
    },
  ]
  return lines.filter(({ kib: amount }) => amount > 0)
}

/** Where processes are missing, PageTables shows more than the VmPTE of the known ones. */
function tablesOfOthers(seen: Observation, pageTables: number): ReserveLine {
  const name = tablesLine
  const { processes, vmPte } = seen.elsewhere
  const captured = seen.processes.reduce((sum, { status }) => sum + (status.vmPte ?? 0), 0)
  if (seen.complete || pageTables - captured < vmPte) {
    const source = `sum of VmPTE of ${processesOf(processes)} that ${processes === 1 ? 'was' : 'were'} not selected`
    return { name, kib: vmPte, source }
  }
  const source = 'PageTables of /proc/meminfo, less VmPTE of the captured processes'
  return { name, kib: pageTables - captured, source }
}

function privateOf({ processes }: Observation): number {
  return processes.reduce((sum, process) => sum + (anonymousOf(process) ?? 0), 0)
}
