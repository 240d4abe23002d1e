import type { Layout } from '../../geometry/layout.ts'
import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import { bytes, count } from '../../units/quantity.ts'
import type { MeasuredGroup, MeasuredProcesses } from '../../workload/measured.ts'
import type { Workload } from '../../workload/workload.ts'
import type {
  MeasuredGroupText,
  MeasuredProcessesText,
  ScenarioText,
} from '../schema/scenario-text.ts'
import { parsePath } from '../yaml/parse-path.ts'
import type { PlainData } from '../yaml/plain-data.ts'
import { placeAt } from '../yaml/plain-data.ts'
import { outOfMemoryOf } from './resolve-out-of-memory.ts'
import type { DeepPartial, Log } from './section.ts'
import { entriesOf, resolveSize } from './section.ts'

/** What was measured when the scenario was captured; nothing where the scenario does not say. */
export function measuredOf(
  log: Log,
  given: DeepPartial<ScenarioText>,
  layout: Layout,
): Pick<Workload, 'measured'> {
  const { measured } = given
  if (measured === undefined) return {}
  const { pageTables, elsewhere } = measured
  const sized = (text: string, path: Path) => resolveSize(log, text, path, layout.pageBytes)
  const sizeAt = (text: string | undefined, path: Path) =>
    (text === undefined ? undefined : sized(text, path)) ?? bytes(0)
  const counted = (
    text: DeepPartial<MeasuredProcessesText> | undefined,
    path: Path,
  ): MeasuredProcesses => ({
    processes: count(text?.processes ?? 0),
    vmPte: sizeAt(text?.vmPte, [...path, 'vmPte']),
  })
  const ownOf = (
    own: DeepPartial<MeasuredGroupText>['ownTables'],
    path: Path,
  ): Pick<MeasuredGroup, 'ownTables'> =>
    own === undefined
      ? {}
      : {
          ownTables: {
            least: sizeAt(own.least, [...path, 'least']),
            most: sizeAt(own.most, [...path, 'most']),
            mapped: sizeAt(own.mapped, [...path, 'mapped']),
          },
        }
  const total = pageTables === undefined ? undefined : sized(pageTables, ['measured', 'pageTables'])
  const groups = entriesOf(measured.groups)
  const sources = entriesOf(measured.sources)
  return {
    measured: {
      ...(total === undefined ? {} : { pageTables: total }),
      groups: groups.map(([name, group]) => ({
        name,
        ...counted(group, ['measured', 'groups', name]),
        ...ownOf(group?.ownTables, ['measured', 'groups', name, 'ownTables']),
        ...(group?.fitted === true ? { fitted: true as const } : {}),
      })),
      ...(elsewhere === undefined
        ? {}
        : {
            elsewhere: {
              ...counted(elsewhere, ['measured', 'elsewhere']),
              ...(elsewhere.partial === true ? { partial: true as const } : {}),
            },
          }),
      ...(measured.withoutMappings === undefined || measured.withoutMappings === 0
        ? {}
        : { withoutMappings: count(measured.withoutMappings) }),
      ...(measured.outOfMemory === undefined
        ? {}
        : {
            outOfMemory: outOfMemoryOf(
              log,
              measured.outOfMemory,
              ['measured', 'outOfMemory'],
              layout,
            ),
          }),
      sources: sources.flatMap(([path, source]) => {
        const measuredPath = source === undefined ? undefined : pathAsWritten(given, path)
        return source === undefined || measuredPath === undefined
          ? []
          : [{ path: measuredPath, source }]
      }),
    },
  }
}

/** The path as paths are written; `undefined` where there is nothing: it may have been removed since. */
function pathAsWritten(given: DeepPartial<ScenarioText>, written: string): string | undefined {
  const path = parsePath(written)?.map(({ step }) => step)
  const isThere = path !== undefined && placeAt(given as PlainData, path) !== undefined
  return isThere ? pathText(path) : undefined
}
