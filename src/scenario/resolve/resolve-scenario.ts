import type { Assumption, Workload } from '../../workload/workload.ts'
import { accepts } from '../schema/accepts.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import { scenarioShape } from '../schema/schema.ts'
import type { Complaint } from '../yaml/issue.ts'
import type { PlainData, TextAt } from '../yaml/plain-data.ts'
import { encode, prune } from '../yaml/plain-data.ts'
import { schemaComplaints } from '../zod/schema-complaints.ts'
import { casesOf } from './cases/resolve-cases.ts'
import { growthOf } from './growth/resolve-growth.ts'
import type { Purpose } from './resolve-workload.ts'
import { workloadOf } from './resolve-workload.ts'
import type { DeepPartial, Log } from './section.ts'
import { timelineOf } from './timeline/resolve-timeline.ts'
import { copyOf } from './timeline/set-values.ts'

/** What a scenario means or, all at once, everything that is wrong with it. */
export type Resolution =
  | {
      readonly ok: true
      /** Absent where the scenario has none. */
      readonly name?: string
      readonly workload: Workload
      /** Every default that was used. */
      readonly assumptions: readonly Assumption[]
    }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** What the reader of a text already knows of the data in it. */
export interface ReadFrom {
  readonly complaints: readonly Complaint[]
  readonly textAt?: TextAt
  /** Neither growth nor cases are asked for: they are not looked at. */
  readonly withoutWhatIf?: boolean
  /** The scenario of a step, a day or a case: it has no cases of its own. */
  readonly isInner?: true
}

/**
 * Checks a scenario that a program made as strictly as one that was read, and resolves it. Names keep
 * the order that they have in the objects. Never throws.
 * @param purpose `verify`: what was measured must be of this machine and of groups that exist.
 */
export function resolveScenario(scenario: ScenarioText, purpose: Purpose = 'plan'): Resolution {
  return resolveData(encode(scenario), purpose, { complaints: [] })
}

/** The same of data in which names are encoded; the data is used up. */
export function resolveData(data: PlainData, purpose: Purpose, from: ReadFrom): Resolution {
  const isRight = accepts(scenarioShape, data)
  const found = [
    ...from.complaints,
    ...(isRight ? [] : schemaComplaints(scenarioShape, data, from.textAt)),
  ]
  const log: Log = { complaints: [...found], assumptions: [] }
  // What the schema complained about is taken away: the rest has its shape.
  const given = prune(data, found) as DeepPartial<ScenarioText> | undefined
  const base = given === undefined ? undefined : workloadOf(log, given, purpose)
  const again = (changed: PlainData) =>
    resolveData(copyOf(changed), 'plan', { complaints: [], isInner: true })
  const whatIf = (text: DeepPartial<ScenarioText>, plain: Workload) =>
    from.isInner ||
    from.withoutWhatIf ||
    (text.cases === undefined && text.gates?.cases === undefined)
      ? {}
      : casesOf(log, text, plain, again)
  const workload =
    base === undefined || given === undefined
      ? undefined
      : {
          ...base,
          ...(given.timeline === undefined ? {} : timelineOf(log, given, base, again)),
          ...(given.growth === undefined || from.withoutWhatIf
            ? {}
            : growthOf(log, given, base, again)),
          ...whatIf(given, base),
        }
  const { complaints, assumptions } = log
  if (workload === undefined || given === undefined || complaints.length > 0) {
    return { ok: false, complaints }
  }
  return {
    ok: true,
    ...(given.name === undefined ? {} : { name: given.name }),
    workload,
    assumptions,
  }
}
