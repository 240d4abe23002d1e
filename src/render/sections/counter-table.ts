import type { Result } from '../../plan/result/result.ts'
import { formatCount } from '../../units/format.ts'
import { byteColumn } from '../text/column.ts'
import { renderGrid } from '../text/grid.ts'
import type { Ink } from '../text/ink.ts'
import { isUncertain, labelOf, plannedIn } from './strategy.ts'

/** What /proc would say, and the faults and calls it takes to set the mappings up. */
export function counterTable(result: Result, ink: Ink): readonly string[] {
  const planned = plannedIn(result)
  const tables = byteColumn(planned.map((strategy) => strategy.counters.pageTablesBytes))
  const vmPte = byteColumn(planned.map((strategy) => strategy.counters.sumVmPteBytes))
  const columns = [
    { title: 'Strategy', align: 'left' },
    { title: 'PageTables', align: 'right' },
    { title: 'VmPTE sum', align: 'right' },
    { title: 'Faults', align: 'right' },
    { title: 'Link faults', align: 'right' },
    { title: 'mmap calls', align: 'right' },
    { title: 'VMAs', align: 'right' },
  ] as const
  const rows = planned.map((strategy, row) => {
    const mark = isUncertain(strategy.pageTables) ? '~' : ''
    return {
      cells: [
        labelOf(strategy),
        `${mark}${tables[row]}`,
        `${mark}${vmPte[row]}`,
        `${mark}${formatCount(strategy.faults.populate)}`,
        formatCount(strategy.faults.link),
        formatCount(strategy.mmapCalls),
        formatCount(strategy.vmas),
      ],
    }
  })
  return renderGrid(columns, rows, ink)
}
