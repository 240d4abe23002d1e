import { explainSchemaIssues } from '../scenario/schema/explain-schema-issues.ts'
import type { Complaint, Issue } from '../scenario/yaml/issue.ts'
import { encode } from '../scenario/yaml/plain-data.ts'
import { readYaml } from '../scenario/yaml/read-yaml.ts'
import { locate, toIssue } from '../scenario/yaml/yaml-tree.ts'
import type { Gates } from '../workload/workload.ts'
import { isTooDeep } from './json-depth.ts'
import { gatesOfSaved, isAmbiguous } from './saved-gates.ts'
import { savedIn } from './saved-mark.ts'
import { savedListSchema, savedSchema } from './saved-schema.ts'
import type { SavedText } from './saved-text.ts'

/** A result that was written to a file, to be judged again. */
export interface SavedResult extends Pick<SavedText, 'scenario' | 'host' | 'strategies'> {
  readonly findings: SavedText['findings']
  readonly waivers: NonNullable<SavedText['waivers']>
  /** Those that it was judged by. */
  readonly gates: Gates
  /** What its growth was measured from. */
  readonly baseline: ReturnType<typeof gatesOfSaved>['baseline']
  /** All that the file says of it. */
  readonly whole: object
}

export type SavedReading =
  | {
      readonly ok: true
      readonly results: readonly SavedResult[]
      /** The file holds a list, if only of one. */
      readonly several: boolean
    }
  | { readonly ok: false; readonly issues: readonly Issue[] }

const one = 'mshare-plan/result/1'
const list = 'mshare-plan/results/1'

/**
 * Reads results that this program saved. Strict: what is judged must all be there and be numbers, a
 * later schema is refused. Never throws.
 */
export function readSaved(text: string, file: string): SavedReading {
  if (isTooDeep(text)) return refused(text, file, 'nested too deeply for a result')
  const { value, schema } = savedIn(text)
  if (schema === undefined)
    return refused(text, file, 'not JSON: the file is cut off or was changed')
  if (schema !== one && schema !== list) return refused(text, file, strange(schema), schema)
  const several = schema === list
  const checked = several ? savedListSchema.safeParse(value) : savedSchema.safeParse(value)
  if (!checked.success) {
    const schemaUsed = several ? savedListSchema : savedSchema
    const complaints = explainSchemaIssues(checked.error.issues, encode(value), schemaUsed)
    return { ok: false, issues: issuesIn(text, file, complaints) }
  }
  const texts = several
    ? (value as { readonly results: readonly SavedText[] }).results
    : [value as SavedText]
  if (texts.some(({ gates }) => isAmbiguous(gates))) {
    return refused(text, file, 'gates that contradict one another')
  }
  return { ok: true, results: texts.map(savedResult), several }
}

/** Issues of a saved file at the places they are about; at most twenty. */
export function issuesIn(
  text: string,
  file: string,
  complaints: readonly Complaint[],
): readonly Issue[] {
  const root = readYaml({ file, text }).root
  return complaints.slice(0, mostIssues).map((complaint) => {
    const { at: _, path: __, ...flaw } = complaint
    return root === undefined
      ? { file, line: 1, column: 1, ...flaw }
      : toIssue(locate(root, complaint))
  })
}

const mostIssues = 20

function savedResult(text: SavedText): SavedResult {
  const { judged, ...rest } = text
  const unasked = judged?.unasked
  const whole: SavedText =
    unasked === undefined
      ? text
      : {
          ...rest,
          strategies: [...text.strategies, unasked.result],
          findings: unasked.findings,
        }
  const { scenario, host, strategies, findings, waivers, gates } = whole
  return {
    scenario,
    host,
    strategies,
    findings,
    waivers: waivers ?? [],
    ...gatesOfSaved(gates, judged?.strategy),
    whole,
  }
}

function strange(schema: string): string {
  if (!/^mshare-plan\/results?\//.test(schema))
    return `\`${schema}\` is not a result of plan or check`
  return `\`${schema}\` is not known: this version of mshare-plan reads and writes version 1`
}

function refused(text: string, file: string, message: string, at = 'mshare-plan/'): SavedReading {
  const offset = Math.max(0, text.indexOf(at))
  const expected = `a result that mshare-plan wrote: \`${one}\` or \`${list}\``
  return {
    ok: false,
    issues: [toIssue({ message, expected, spot: { source: { file, text }, offset } })],
  }
}
