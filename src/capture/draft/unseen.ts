import { formatBytes } from '../../units/format.ts'
import { heldKib } from '../files/memory-text.ts'
import type { Observation } from '../machine/observation.ts'

/** What many a support bundle lacks, and what follows: sentences. */
export function withoutMappings(seen: Observation): readonly string[] {
  if (seen.processes.some(({ space }) => space !== undefined)) return []
  return [`no mappings of any process are known${consequence(seen)}${remedy(seen)}`]
}

/** Without mappings base tables are VmPTE; without VmPTE they are what every scenario assumes. */
function consequence({ processes, files }: Observation): string {
  const lacking = processes.filter(({ status }) => status.vmPte === undefined).length
  if (lacking === 0) return ': what regions take is in baseTables, and no strategy can change it'
  const which =
    lacking === processes.length
      ? ', and no VmPTE: '
      : `, and no VmPTE of ${lacking} of them: there `
  const pageTables = heldKib(files.get('proc/meminfo') ?? '', 'PageTables')
  const all =
    pageTables === undefined
      ? ''
      : `; PageTables of /proc/meminfo is ${formatBytes(pageTables * 1024)}`
  return `${which}baseTables is an assumption, and what regions take is in nothing that is planned${all}`
}

function remedy({ live, smapsMissing }: Observation): string {
  if (live) return '; they are for their owner and CAP_SYS_PTRACE to read'
  return smapsMissing > 0 ? '; sos report collects smaps with -k process.smaps=on' : ''
}
