import type { FailedScenario } from '../../plan/result/failed-scenario.ts'
import { subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { growthLimits } from '../../report/scenario/replan.ts'
import { writeReport } from '../../report/write-report.ts'
import type { Workload } from '../../workload/workload.ts'
import type { World } from '../machine/world.ts'
import type { PageItem } from './page-item.ts'
import { pageScripts, partsFor } from './page-scripts.ts'

/** A result with the workload that it was planned from. */
export interface Reported {
  readonly result: Result
  readonly scenario?: { readonly workload: Workload }
}

/**
 * The page of one scenario, or of several.
 * @param items what each contributes, in their order; may be gone through several times.
 * @param failures scenarios that are not in the page.
 * @param first the only result, where there is one.
 */
export function reportPage(
  items: () => Iterable<string>,
  count: number,
  failures: readonly FailedScenario[],
  first: Reported | undefined,
  world: World,
): Iterable<string> {
  if (count === 1 && failures.length === 0 && first?.scenario !== undefined) {
    const [only] = items()
    if (only === undefined) return []
    const { workload } = first.scenario
    const { result } = first
    const limits = growthLimits(workload, result)
    const { entry } = itemOf(only)
    const view = {
      result,
      ...(limits === undefined ? {} : { limits }),
      workload,
      strategy: subjectOf(result)?.id ?? '',
      ...(entry.whatIf === undefined ? {} : { whatIf: entry.whatIf }),
    }
    return writeReport({ view, entry }, pageScripts(partsFor([entry]), world))
  }
  const lines = [...items()].map((text) => itemOf(text).line)
  const entries = function* entries() {
    for (const text of items()) yield itemOf(text).entry
  }
  const scripts = pageScripts(partsFor(entries()), world)
  return writeReport({ lines, entries: entries(), failures }, scripts)
}

function itemOf(text: string): PageItem {
  return JSON.parse(text)
}
