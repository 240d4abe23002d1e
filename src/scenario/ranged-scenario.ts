import type { Range } from './ranges/find-ranges.ts'
import { findRanges } from './ranges/find-ranges.ts'
import type { Reading } from './read-scenario.ts'
import { issuesOf, parseScenario, readTree } from './read-scenario.ts'
import type { Purpose } from './resolve/resolve-workload.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import type { WithinFile } from './yaml/yaml-tree.ts'

/** A scenario some of whose values are ranges. */
export interface RangedScenario {
  readonly ok: true
  /** At least one. */
  readonly ranges: readonly Range[]
  /** The scenario with a value of each range, in ticks, in their order. */
  readonly at: (ticks: readonly number[]) => Reading
}

/**
 * Reads the ranges of a scenario, before anything else in it is understood.
 * @param overrides what `--set` puts in; a value may be a range.
 * @returns `undefined` where it has none, or is no YAML: then `readScenario` says what it is.
 */
export function rangedScenario(
  text: string,
  file: string,
  overrides: readonly Override[] = [],
  purpose: Purpose = 'plan',
  among: WithinFile = {},
): RangedScenario | Extract<Reading, { readonly ok: false }> | undefined {
  const parsed = parseScenario(text, file, among)
  if (!parsed.ok) return undefined
  const changed = applyOverrides(parsed.root, overrides)
  if (changed.flaws.length > 0) return undefined
  const { ranges, flaws, at } = findRanges(changed.root)
  if (flaws.length > 0) return { ok: false, issues: issuesOf(flaws, changed.sources) }
  if (ranges.length === 0) return undefined
  return {
    ok: true,
    ranges,
    at: (ticks) => readTree({ ...changed, root: at(ticks) }, parsed.source, purpose),
  }
}
