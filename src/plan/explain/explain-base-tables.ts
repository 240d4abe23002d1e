import { pathText } from '../../units/path.ts'
import type { BaseTables } from '../../workload/base-tables.ts'
import { baseTablesOf } from '../../workload/base-tables.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Explanation } from '../result/explanation.ts'
import { added, put } from './formula.ts'

/** Base tables that are not given: the default, and what follows from memory and threads. */
export function explainBaseTables({ host, groups }: Workload): readonly Explanation[] {
  return groups.flatMap((group) => {
    const { name, assumedTables } = group
    if (assumedTables === undefined) return []
    return [
      added(
        pathText(['groups', name, 'baseTables']),
        'page tables of one process for its program, private memory and stacks',
        'default + Σ levels (⌈private / reach⌉, above pte one less) · table size + pte tables of stacks',
        termsOf(baseTablesOf(host, group, assumedTables)),
        group.baseTables,
        'bytes',
        'mm/memory.c __handle_mm_fault(): private memory on base pages, in one piece',
      ),
    ]
  })
}

function termsOf({ assumed, ofPrivate, ofStacks }: BaseTables): readonly string[] {
  return [assumed, ofPrivate, ofStacks].map((amount) => put(amount))
}
