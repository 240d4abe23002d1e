import { kib } from './host-text.ts'
import type { ObjectKind, Observation } from './observation.ts'

/** Memory in use that no captured process accounts for, in KiB, with its source. */
export interface ReserveLine {
  readonly name: string
  readonly kib: number
  readonly source: string
}

const shmem: ReadonlySet<ObjectKind> = new Set([
  'sysv-shm',
  'posix-shm',
  'memfd',
  'anonymous-shared',
])

/**
 * What /proc/meminfo says is in use, less what the captured processes have of it: so that a plan
 * for some of the processes leaves room for the others. Lines of 0 are left out.
 * @param written keys of the objects that are regions.
 */
export function reserveLines(
  seen: Observation,
  written: ReadonlySet<string>,
): readonly ReserveLine[] {
  const meminfo = seen.files.get('proc/meminfo') ?? ''
  const of = (key: string): number => kib(meminfo, key) ?? 0
  const kernel = of('SUnreclaim') + of('Percpu')
  const lines: readonly ReserveLine[] = [
    {
      name: 'private memory of others',
      kib: of('AnonPages') - privateOf(seen),
      source: 'AnonPages of /proc/meminfo, less RssAnon of the captured processes',
    },
    {
      name: 'other shared memory',
      kib: Math.min(of('Shmem'), of('MemTotal')) - sharedOf(seen, written),
      source: sharedSource(seen),
    },
    {
      name: 'page tables of others',
      kib: seen.elsewhere.vmPte,
      source: `sum of VmPTE of ${seen.elsewhere.processes} processes that were not chosen`,
    },
    {
      name: 'kernel',
      kib: kernel,
      source:
        'SUnreclaim and Percpu of /proc/meminfo; holds part of what kernelMemory counts again',
    },
  ]
  return lines.filter(({ kib: amount }) => amount > 0)
}

function privateOf({ processes }: Observation): number {
  return processes.reduce((sum, { status }) => sum + (status.rssAnon ?? 0), 0)
}

function sharedOf({ objects }: Observation, written: ReadonlySet<string>): number {
  let sum = 0
  for (const { key, kind, pssKib } of objects.values()) {
    if (written.has(key) && shmem.has(kind)) sum += pssKib
  }
  return sum
}

/**
 * Without smaps of each there is no Pss of some, and what is the regions' cannot be taken off: more
 * than the others have is better than to leave them out.
 */
function sharedSource({ processes }: Observation): string {
  const unknown = processes.filter(({ space }) => space?.counted !== true).length
  const source = 'Shmem of /proc/meminfo, less Pss of the regions'
  if (unknown === 0) return source
  return `${source}; an upper bound: smaps of ${unknown} of ${processes.length} processes could not be read`
}
