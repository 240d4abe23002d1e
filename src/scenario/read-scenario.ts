import type { Assumption, Workload } from '../workload/workload.ts'
import type { Desk, Draft } from './resolve/desk.ts'
import { assume } from './resolve/desk.ts'
import type { Purpose } from './resolve/resolve-scenario.ts'
import { resolveScenario } from './resolve/resolve-scenario.ts'
import { explainSchemaIssues } from './schema/explain-schema-issues.ts'
import type { ScenarioText } from './schema/scenario-text.ts'
import { scenarioSchema } from './schema/schema.ts'
import type { Issue } from './yaml/issue.ts'
import type { Override } from './yaml/overrides.ts'
import { applyOverrides } from './yaml/overrides.ts'
import type { PlainData } from './yaml/plain-data.ts'
import { prune, toData } from './yaml/plain-data.ts'
import { readYaml } from './yaml/read-yaml.ts'
import type { LocatedFlaw, Source } from './yaml/yaml-tree.ts'
import { locate, toIssue } from './yaml/yaml-tree.ts'

/** What a scenario says or, all at once and in file order, everything that is wrong with it. */
export type Reading =
  | {
      readonly ok: true
      readonly name: string
      readonly workload: Workload
      /** Every default that was used. */
      readonly assumptions: readonly Assumption[]
    }
  | { readonly ok: false; readonly issues: readonly Issue[] }

/**
 * Reads a scenario, version 1, in YAML or JSON. Never throws, whatever the text.
 * @param file what to call the text in issues.
 * @param overrides values of the command line, put in one after another before anything is checked.
 * @param purpose `verify`: what was measured must be of this machine and of groups that are there.
 */
export function readScenario(
  text: string,
  file: string,
  overrides: readonly Override[] = [],
  purpose: Purpose = 'plan',
): Reading {
  const source = { file, text: text.replace(/^\uFEFF/, '') }
  const yaml = readYaml(source)
  if (yaml.root === undefined) return { ok: false, issues: issuesOf(yaml.flaws, []) }
  const changed = applyOverrides(yaml.root, overrides)
  const { data, complaints } = toData(changed.root)
  const parsed = scenarioSchema.safeParse(data)
  const issues = parsed.success ? [] : parsed.error.issues
  const found = [...complaints, ...explainSchemaIssues(issues, changed.root, scenarioSchema)]
  const desk: Desk = { root: changed.root, complaints: [...found], assumptions: [] }
  const answer = resolve(desk, prune(data, found), { file, purpose })
  const flaws = [...changed.flaws, ...desk.complaints.map((one) => locate(changed.root, one))]
  return flaws.length > 0 || answer === undefined
    ? { ok: false, issues: issuesOf(flaws, changed.sources) }
    : { ok: true, ...answer }
}

/** More than anyone corrects in one go. */
const mostIssues = 1000

function resolve(
  desk: Desk,
  data: PlainData,
  { file, purpose }: { readonly file: string; readonly purpose: Purpose },
): Omit<Extract<Reading, { ok: true }>, 'ok'> | undefined {
  if (desk.root.kind !== 'map' || data === undefined) return undefined
  // What the schema complained about is gone: the rest has its shape.
  const draft = data as Draft<ScenarioText>
  if (!('name' in draft)) assume(desk, ['name'], nameOf(file), 'the name of the file')
  const workload = resolveScenario(desk, draft, purpose)
  if (workload === undefined) return undefined
  return { name: draft.name ?? nameOf(file), workload, assumptions: desk.assumptions }
}

function nameOf(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  return base.replace(/(.)\.(ya?ml|json)$/i, '$1')
}

/** File order, then the order of the overrides. */
export function issuesOf(
  flaws: readonly LocatedFlaw[],
  overrides: readonly Source[],
): readonly Issue[] {
  const rank = (flaw: LocatedFlaw) => overrides.indexOf(flaw.spot.source)
  const ordered = flaws.toSorted((a, b) => rank(a) - rank(b) || a.spot.offset - b.spot.offset)
  const issues = ordered.slice(0, mostIssues).map(toIssue)
  const unique = new Map(issues.map((issue) => [JSON.stringify(issue), issue]))
  return [...unique.values()]
}
