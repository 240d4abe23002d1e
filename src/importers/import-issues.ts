import type { AnnotatedScenario } from '../scenario/annotated-scenario.ts'
import { resolveScenario } from '../scenario/resolve/resolve-scenario.ts'
import type { Complaint, Issue } from '../scenario/yaml/issue.ts'
import type { LocatedFlaw, Source, Spot } from '../scenario/yaml/yaml-tree.ts'
import { toIssue } from '../scenario/yaml/yaml-tree.ts'
import type { Path } from '../units/path.ts'
import { pathText } from '../units/path.ts'

type Origins = AnnotatedScenario['origins']

/**
 * What a plan would find wrong with the imported scenario, which the user has not seen yet: each
 * complaint points at the place that decides the value, on the command line or in the configuration.
 * @param main the configuration, for a value that no known place decides.
 */
export function issuesOf(made: AnnotatedScenario, main: Source): readonly Issue[] {
  const resolved = resolveScenario(made.complete())
  const complaints = resolved.ok ? [] : resolved.complaints
  const typed = complaints.filter(({ path }) => isTyped(made.origins.get(pathText(path))))
  const flaws =
    typed.length > 0
      ? typed.map((complaint) => atOption(complaint, made.origins))
      : complaints.map((complaint) => atOrigin(complaint, made.origins, main))
  return withoutRepeats(flaws.map(toIssue))
}

/** One place on the command line may decide several values: the first of them is named. */
function withoutRepeats(issues: readonly Issue[]): readonly Issue[] {
  const shown = ({ path: _, ...issue }: Issue): string => JSON.stringify(issue)
  return issues.filter(
    (issue, index) => issues.findIndex((one) => shown(one) === shown(issue)) === index,
  )
}

/** Values that the scenario has as they were typed: while one of them is wrong, it hides the rest. */
const typedOptions: readonly string[] = [
  '--memory',
  '--shared',
  '--processes',
  '--private',
  '--swap',
  '--touched',
]

function isTyped(spot: Spot | undefined): boolean {
  return spot !== undefined && typedOptions.includes(spot.source.file)
}

function atOption({ at: _, ...flaw }: Complaint, origins: Origins): LocatedFlaw {
  const spot = originOf(flaw.path, origins)
  if (spot === undefined) throw new RangeError(`no option decides ${pathText(flaw.path)}`)
  return { ...flaw, spot }
}

/** `expected` is kept for the value itself: elsewhere it may speak of what no file contains. */
function atOrigin(
  { path, message, expected }: Complaint,
  origins: Origins,
  main: Source,
): LocatedFlaw {
  const isExact = origins.has(pathText(path))
  const spot = originOf(path, origins) ?? { source: main, offset: 0 }
  return { message, ...(isExact && expected !== undefined ? { expected } : {}), spot }
}

/** The place that decides the value, or else the innermost part of the scenario that it is in. */
function originOf(path: Path, origins: Origins): Spot | undefined {
  const spot = origins.get(pathText(path))
  return spot ?? (path.length === 0 ? undefined : originOf(path.slice(0, -1), origins))
}
