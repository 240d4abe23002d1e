import type { Layout } from '../geometry/layout.ts'
import { bytes, count } from '../units/quantity.ts'
import type { MeasuredProcesses, Workload } from '../workload/workload.ts'
import type { Desk, Draft } from './desk.ts'
import { entriesOf, resolveSize } from './desk.ts'
import type { Path } from './issue.ts'
import type { MeasuredGroupText, ScenarioText } from './scenario-text.ts'

/** What was measured when the scenario was captured; nothing where the scenario does not say. */
export function measuredOf(
  desk: Desk,
  { measured }: Draft<ScenarioText>,
  layout: Layout,
): Pick<Workload, 'measured'> {
  if (measured === undefined) return {}
  const { pageTables, elsewhere } = measured
  const sized = (text: string, path: Path) => resolveSize(desk, text, path, layout.pageBytes)
  const counted = (text: Draft<MeasuredGroupText> | undefined, path: Path): MeasuredProcesses => ({
    processes: count(text?.processes ?? 0),
    vmPte: (text?.vmPte === undefined ? undefined : sized(text.vmPte, path)) ?? bytes(0),
  })
  const total = pageTables === undefined ? undefined : sized(pageTables, ['measured', 'pageTables'])
  const groups = entriesOf(desk, measured.groups, ['measured', 'groups'])
  const sources = entriesOf(desk, measured.sources, ['measured', 'sources'])
  return {
    measured: {
      ...(total === undefined ? {} : { pageTables: total }),
      groups: groups.map(([name, group]) => ({
        name,
        ...counted(group, ['measured', 'groups', name, 'vmPte']),
      })),
      ...(elsewhere === undefined
        ? {}
        : { elsewhere: counted(elsewhere, ['measured', 'elsewhere', 'vmPte']) }),
      sources: sources.flatMap(([path, source]) =>
        source === undefined ? [] : [{ path, source }],
      ),
    },
  }
}
