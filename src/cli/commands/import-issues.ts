import { isAmount } from '../../importers/command-line-values.ts'
import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import { readScenario } from '../../scenario/read-scenario.ts'
import { writeScenario } from '../../scenario/write-scenario.ts'
import type { Issue } from '../../scenario/yaml/issue.ts'
import type { Source, Spot } from '../../scenario/yaml/yaml-tree.ts'
import { toIssue } from '../../scenario/yaml/yaml-tree.ts'
import type { Override } from '../arguments/gate-options.ts'
import type { ImportRequest } from '../arguments/import-options.ts'

type Origins = AnnotatedScenario['origins']

/**
 * What a plan would find wrong with the scenario that was made, each at the place that decides it: a
 * value of the command line, or one of the configuration. Nobody has the scenario yet.
 * @param main the configuration, for what no place is known to decide.
 */
export function issuesOf(
  made: AnnotatedScenario,
  main: Source,
  asked: ImportRequest,
): readonly Issue[] {
  const text = writeScenario(made)
  const typed = typedOf(made, asked)
  const ofTyped = readIssues(text, typed).filter(({ file }) =>
    typed.some(({ option }) => option === file),
  )
  if (ofTyped.length > 0) return ofTyped
  const issues = readIssues(text, []).map((issue) => atOrigin(issue, made.origins, main))
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()]
}

/** Values that stand in the scenario as they were typed. */
function typedOf(made: AnnotatedScenario, asked: ImportRequest): readonly Override[] {
  const [group] = Object.keys(made.scenario.groups)
  const { memory, swap, touched } = asked
  return [
    { option: '--memory', path: 'host.memory', value: memory },
    ...(swap === undefined ? [] : [{ option: '--swap', path: 'host.swap', value: swap }]),
    ...(touched === undefined || group === undefined
      ? []
      : [{ option: '--touched', path: touchedPath(group, touched), value: touched }]),
  ]
}

/** An amount stands beside the size of the clusters that it is drawn in. */
function touchedPath(group: string, touched: string): string {
  const path = `groups.${group}.maps[0].touched`
  return isAmount(touched) ? `${path}.random` : path
}

function readIssues(text: string, overrides: readonly Override[]): readonly Issue[] {
  const read = readScenario(text, 'scenario', overrides)
  return read.ok ? [] : read.issues
}

/** What was expected is said only of the very value: of others it may speak of what no file has. */
function atOrigin(issue: Issue, origins: Origins, main: Source): Issue {
  const { message, expected, path = '' } = issue
  const exact = origins.get(path)
  const spot = exact ?? nearestOrigin(path, origins) ?? { source: main, offset: 0 }
  return toIssue({
    message,
    ...(exact === undefined || expected === undefined ? {} : { expected }),
    spot,
  })
}

/** The place that decides what the value is part of. */
function nearestOrigin(path: string, origins: Origins): Spot | undefined {
  const parent = path.replace(/(?:[.][^.[\]"]+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])$/, '')
  if (parent === path) return undefined
  return origins.get(parent) ?? nearestOrigin(parent, origins)
}
