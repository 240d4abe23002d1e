import { formatBytes } from '../../units/format.ts'
import { heldKib } from '../files/memory-text.ts'
import type { Observation } from '../machine/observation.ts'

/** Sentences on missing mappings, as in many support bundles, and the consequences. */
export function withoutMappings(seen: Observation): readonly string[] {
  if (seen.processes.some(({ space }) => space !== undefined)) return []
  return [`the mappings of all processes are unknown${consequence(seen)}${remedy(seen)}`]
}

/** Without mappings base tables are VmPTE; without VmPTE they are what every scenario assumes. */
function consequence({ processes, files }: Observation): string {
  const lacking = processes.filter(({ status }) => status.vmPte === undefined).length
  if (lacking === 0)
    return ': baseTables includes the tables of regions, and no strategy can change them'
  const which =
    lacking === processes.length
      ? ', and VmPTE is missing: '
      : `, and VmPTE of ${lacking} of them is missing: there `
  const pageTables = heldKib(files.get('proc/meminfo') ?? '', 'PageTables')
  const all =
    pageTables === undefined
      ? ''
      : `; PageTables of /proc/meminfo is ${formatBytes(pageTables * 1024)}`
  return `${which}baseTables is an assumption, and no plan includes the tables of regions${all}`
}

function remedy({ live, smapsMissing }: Observation): string {
  if (live) return '; only the owner of a process and CAP_SYS_PTRACE can read its mappings'
  return smapsMissing > 0 ? '; sos report collects smaps with -k process.smaps=on' : ''
}
