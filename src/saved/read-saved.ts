import type { Complaint, Issue } from '../scenario/yaml/issue.ts'
import { encode } from '../scenario/yaml/plain-data.ts'
import { readYaml } from '../scenario/yaml/read-yaml.ts'
import type { Source, WithinFile } from '../scenario/yaml/yaml-tree.ts'
import { locate, toIssue } from '../scenario/yaml/yaml-tree.ts'
import { explainSchemaIssues } from '../scenario/zod/explain-schema-issues.ts'
import type { Gates, Waiver } from '../workload/gates.ts'
import { isTooDeep } from './json-depth.ts'
import { hasForm, savedForms } from './saved-forms.ts'
import type { SavedBaseline } from './saved-gates.ts'
import { gatesOfCases, gatesOfSaved, isAmbiguous } from './saved-gates.ts'
import { savedIn } from './saved-mark.ts'
import type { SavedCaseFigures, SavedFinding, SavedPlan, SavedResult } from './saved-result.ts'

/** A result that was written to a file, to be judged again. */
export interface ReadResult {
  /** As it was called when it was planned. */
  readonly scenario: { readonly name: string; readonly file: string }
  /** Memory of the host, and the size of a base page. */
  readonly host: { readonly memoryBytes: number; readonly pageBytes: number }
  /** Also the strategy that is judged, where the scenario did not ask for it. */
  readonly strategies: readonly SavedPlan[]
  readonly findings: readonly SavedFinding[]
  readonly waivers: readonly Waiver[]
  /** Those that it was judged by. */
  readonly gates: Gates
  /** What its growth was measured from. */
  readonly baseline: SavedBaseline
  /** Cases that gates are about; absent: none. */
  readonly cases?: readonly ReadCase[]
  /** All that the file says of it. */
  readonly whole: object
}

/** A case of a saved result, with the gates that it was judged by. */
export interface ReadCase extends SavedCaseFigures {
  readonly gates: Gates
}

/** The results in a text or, all at once, what is wrong with them. */
export type SavedReading =
  | {
      readonly ok: true
      readonly results: readonly ReadResult[]
      /** The file holds a list, if only of one. */
      readonly several: boolean
    }
  | { readonly ok: false; readonly issues: readonly Issue[] }

const one = 'mshare-plan/result/1'
const list = 'mshare-plan/results/1'

/**
 * Reads results that this program saved, to be judged by their own numbers. Every part that gates read
 * must exist and have its form; another version is refused. Never throws.
 * @param among where the text is, if it is one document of several in the file.
 */
export function readSaved(text: string, file: string, among: WithinFile = {}): SavedReading {
  const source: Source = { file, text, ...among }
  if (isTooDeep(text)) return refused(source, 'nested too deeply for a result')
  const { value, schema } = savedIn(text)
  if (schema === undefined) {
    return refused(source, 'not JSON: the file is cut off or was changed', placeOfFlaw(source))
  }
  if (schema !== one && schema !== list) return refused(source, strange(schema), schema)
  const several = schema === list
  const results = several ? resultsOfList(value) : resultsOfOne(value)
  if (results === undefined) {
    const form = several ? savedForms.list : savedForms.one
    const faults = form.safeParse(value).error?.issues ?? []
    const complaints = explainSchemaIssues(faults, encode(value), form)
    return { ok: false, issues: issuesIn(source, complaints) }
  }
  const missing = several ? missingIn(value) : undefined
  if (missing !== undefined) {
    return refused(source, `${missing} had no result when the list was saved`, '"failures"')
  }
  if (results.some(({ gates }) => isAmbiguous(gates))) {
    return refused(source, 'the gates contradict one another')
  }
  return { ok: true, results: results.map(readResult), several }
}

function resultsOfOne(value: unknown): readonly SavedResult[] | undefined {
  return hasForm(value, savedForms.one) ? [value] : undefined
}

function resultsOfList(value: unknown): readonly SavedResult[] | undefined {
  return hasForm(value, savedForms.list) ? value.results : undefined
}

function readResult(saved: SavedResult): ReadResult {
  const { judged, ...rest } = saved
  const unasked = judged?.unasked
  const whole =
    unasked === undefined
      ? saved
      : { ...rest, strategies: [...saved.strategies, unasked.result], findings: unasked.findings }
  const { scenario, host, findings, waivers = [], gates, ranges, cases = [] } = whole
  const byId = new Map(ranges?.judged.map((one) => [one.id, one]))
  const strategies = whole.strategies.map((one) => byId.get(one.id) ?? one)
  const own = gates.filter((gate) => gate.case === undefined)
  const judgedBy = gatesOfSaved(own, judged?.strategy)
  const gated = gatesOfCases(gates).map((one) => ({
    ...one,
    // What is not in the file is not planned, and no gate on it holds.
    ...(cases.find(({ name }) => name === one.name) ?? { host, strategies: [], findings: [] }),
  }))
  return {
    ...{ scenario, host, strategies, findings, waivers, ...judgedBy },
    ...(gated.length === 0 ? {} : { cases: gated }),
    whole,
  }
}

/** Scenarios that have no result in the list. No data is never a pass. */
function missingIn(value: unknown): string | undefined {
  if (!isObject(value) || !('failures' in value) || !Array.isArray(value.failures)) return undefined
  const [first]: readonly unknown[] = value.failures
  if (first === undefined) return undefined
  return isObject(first) && 'file' in first ? `${first.file}` : 'a scenario'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function strange(schema: string): string {
  if (!/^mshare-plan\/results?\//.test(schema))
    return `\`${schema}\` is not a result of plan or check`
  return `\`${schema}\` is unknown: this version of mshare-plan reads and writes version 1`
}

function refused(
  source: Source,
  message: string,
  at: string | number = 'mshare-plan/',
): SavedReading {
  const offset = typeof at === 'number' ? at : Math.max(0, source.text.indexOf(at))
  const expected = `a result that mshare-plan wrote: \`${one}\` or \`${list}\``
  return {
    ok: false,
    issues: [toIssue({ message, expected, spot: { source, offset } })],
  }
}

/** Where a text is no JSON, if that is no YAML either; the end of a text, also of one too large to tell. */
function placeOfFlaw(source: Source): number {
  const [flaw] = source.text.length > largestTold ? [] : readYaml(source).flaws
  return flaw?.spot.offset ?? source.text.trimEnd().length
}

/** UTF-16 units: fewer than YAML's limits allow. */
const largestTold = 2 ** 20

/** At the places that they are about, where YAML's limits allow to find them. */
function issuesIn(source: Source, complaints: readonly Complaint[]): readonly Issue[] {
  const root = readYaml(source).root
  return complaints.slice(0, mostIssues).map((complaint) => {
    const { at: _, path: __, ...flaw } = complaint
    return root === undefined
      ? toIssue({ ...flaw, spot: { source, offset: 0 } })
      : toIssue(locate(root, complaint))
  })
}

const mostIssues = 20
