import { subjectOf } from '../../plan/result/outlook.ts'
import type { Result } from '../../plan/result/result.ts'
import { growthLimits } from '../../report/scenario/replan.ts'
import type { PageScripts } from '../../report/write-report.ts'
import { writeReport } from '../../report/write-report.ts'
import type { Workload } from '../../workload/workload.ts'
import type { World } from '../machine/world.ts'
import type { PageItem } from './page-item.ts'

/** A result with the workload that it was planned from. */
export interface Reported {
  readonly result: Result
  readonly scenario?: { readonly workload: Workload }
}

/** Parts of the program that work in the page too: each needs those before it, and the last one starts it. */
export const pageScripts = ['model', 'limiting', 'screen', 'report', 'page'] as const

/**
 * The page of one scenario, or of several.
 * @param items what each contributes, in their order; may be gone through several times.
 * @param first the only result, where there is one.
 */
export function reportPage(
  items: () => Iterable<string>,
  count: number,
  first: Reported | undefined,
  world: World,
): Iterable<string> {
  const scripts = scriptsOf(world)
  if (count === 1 && first?.scenario !== undefined) {
    const [only] = items()
    if (only === undefined) return []
    const { workload } = first.scenario
    const { result } = first
    const limits = growthLimits(workload, result)
    const view = {
      result,
      ...(limits === undefined ? {} : { limits }),
      workload,
      strategy: subjectOf(result)?.id ?? '',
      isSaved: false,
    }
    return writeReport({ view, entry: itemOf(only).entry }, scripts)
  }
  const lines = [...items()].map((text) => itemOf(text).line)
  const entries = function* entries() {
    for (const text of items()) yield itemOf(text).entry
  }
  return writeReport({ lines, entries: entries() }, scripts)
}

function itemOf(text: string): PageItem {
  return JSON.parse(text)
}

/** Larger than any part of the program. */
const mostBytes = 2 ** 24

/** They ship with the program: without them it is broken. */
function scriptsOf(world: World): PageScripts {
  return pageScripts.map((name) => {
    const reading = world.readFile(world.bundleOf(name), mostBytes)
    if (!reading.ok) throw new Error(`a part of the program is missing: ${reading.path}`)
    return [name, new TextDecoder().decode(reading.content)]
  })
}
