import type { ParsedScenario, Reading } from './read-scenario.ts'
import { issuesOf, parseScenario, readParsed } from './read-scenario.ts'
import { accepts } from './schema/accepts.ts'
import { scenarioShape } from './schema/schema.ts'
import type { Issue } from './yaml/issue.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import { toData } from './yaml/plain-data.ts'
import type { WithinFile } from './yaml/yaml-tree.ts'
import { locate } from './yaml/yaml-tree.ts'
import { schemaComplaints } from './zod/schema-complaints.ts'

/** A scenario that is read many times, each time with other values. */
export interface VariedScenario {
  readonly ok: true
  /**
   * The scenario with a text of each path that changes, in their order.
   * @param withoutWhatIf neither growth nor cases are looked at, which takes longer than all the rest.
   */
  readonly at: (texts: readonly string[], withoutWhatIf?: boolean) => Reading
  /** The scenario without them. */
  readonly base: () => Reading
  /**
   * What is wrong with the form of such a text, whatever the rest of the scenario says: an unknown
   * key, a word that the key never has.
   */
  readonly flawsOf: (path: string, text: string) => readonly Issue[]
}

/**
 * Reads a text once for all readings of it.
 * @param overrides what `--set` puts in before the values that change.
 * @param paths of the values that change.
 * @param option what gives them, for issues.
 */
export function variedScenario(
  text: string,
  file: string,
  overrides: readonly Override[],
  paths: readonly string[],
  option: string,
  among: WithinFile = {},
): VariedScenario | Extract<Reading, { readonly ok: false }> {
  const parsed = parseScenario(text, file, among)
  if (!parsed.ok) return parsed
  const typed = { option, isWhole: true } as const
  const given = applyOverrides(parsed.root, overrides)
  if (given.flaws.length > 0) return { ok: false, issues: issuesOf(given.flaws, given.sources) }
  return {
    ok: true,
    at: (texts, withoutWhatIf) => {
      const values = paths.map((path, index) => ({ path, value: texts[index] ?? '', ...typed }))
      return readParsed(parsed, [...overrides, ...values], 'plan', withoutWhatIf)
    },
    base: () => readParsed(parsed, overrides),
    flawsOf: (path, value) =>
      formIssues({ ...parsed, root: given.root }, { path, value, ...typed }),
  }
}

function formIssues({ root }: ParsedScenario, override: Override): readonly Issue[] {
  const changed = applyOverrides(root, [override])
  const { data } = toData(changed.root)
  const found = accepts(scenarioShape, data)
    ? []
    : schemaComplaints(scenarioShape, data).map((complaint) => locate(changed.root, complaint))
  const isOurs = ({ spot }: (typeof found)[number]): boolean =>
    changed.sources.includes(spot.source)
  return issuesOf([...changed.flaws, ...found.filter(isOurs)], changed.sources)
}
