import { findLayout } from '../../geometry/catalogue.ts'
import type { Assumption, Workload } from '../../workload/workload.ts'
import { accepts } from '../schema/accepts.ts'
import { defaults } from '../schema/defaults.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import { scenarioShape } from '../schema/schema.ts'
import type { Complaint } from '../yaml/issue.ts'
import type { PlainData, TextAt } from '../yaml/plain-data.ts'
import { encode, prune } from '../yaml/plain-data.ts'
import { schemaComplaints } from '../zod/schema-complaints.ts'
import { checkMeasured, checkMeasuredNames } from './check-measured.ts'
import { checkReferences } from './check-references.ts'
import { resolveAssumed } from './resolve-assumed.ts'
import { gatesOf, maxResidualOf, waiversOf } from './resolve-gates.ts'
import { resolveGroup } from './resolve-groups.ts'
import { resolveHost } from './resolve-host.ts'
import { measuredOf } from './resolve-measured.ts'
import { assumeOwner } from './resolve-mshare.ts'
import { resolveRegion } from './resolve-regions.ts'
import type { DeepPartial, Log, Section } from './section.ts'
import { assume, choiceOf, entriesOf, inside, isBroken } from './section.ts'

/** What a scenario is read for: to plan, or to compare the plan with what was measured. */
export type Purpose = 'plan' | 'verify'

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
  const workload = given === undefined ? undefined : workloadOf(log, given, purpose)
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

/**
 * The workload, with every default filled in and noted. Further complaints go to the log.
 * @param purpose what was measured is only judged for those who compare with it.
 * @returns `undefined` where the layout is not known: sizes in pages and addresses are not either.
 */
function workloadOf(
  log: Log,
  given: DeepPartial<ScenarioText>,
  purpose: Purpose,
): Workload | undefined {
  checkReferences(log, given)
  if (purpose === 'verify') checkMeasuredNames(log, given)
  resolveAssumed(log, given)
  const section: Section<DeepPartial<ScenarioText>> = { log, given, path: [] }
  const hostSection = inside(section, 'host')
  if (isBroken(hostSection, 'layout')) return undefined
  const layout = findLayout(
    choiceOf(hostSection, 'layout', defaults.layout, 'default: most servers'),
  )
  if (layout === undefined) return undefined
  const host = resolveHost(hostSection, layout)
  const regionSections = entriesOf(given.regions).map(
    ([name, region]) =>
      ({ name, section: { log, given: region, path: ['regions', name] } }) as const,
  )
  const regions = regionSections.flatMap((one) => {
    const region = resolveRegion(one.name, one.section, host)
    return region === undefined ? [] : [{ ...one, region }]
  })
  const byName = new Map(regions.map(({ name, region }) => [name, region]))
  const groups = entriesOf(given.groups).map(([name, group]) =>
    resolveGroup(name, { log, given: group, path: ['groups', name] }, host, byName),
  )
  for (const one of regions) assumeOwner(one.section, one.region, groups)
  const workload = {
    host,
    regions: regions.map(({ region }) => region),
    groups,
    mshareRevision: choiceOf(
      inside(section, 'mshare'),
      'revision',
      defaults.revision,
      'default: the newest proposal',
    ),
    ...strategiesOf(section),
    gates: gatesOf(section, layout.pageBytes),
    ...maxResidualOf(section, layout.pageBytes),
    ...waiversOf(section),
    ...measuredOf(log, given, layout),
  }
  if (purpose === 'verify') checkMeasured(log, workload)
  return workload
}

function strategiesOf({
  log,
  given,
  path,
}: Section<DeepPartial<ScenarioText>>): Pick<Workload, 'strategies'> {
  const ids = given?.strategies?.filter((id) => id !== undefined)
  if (ids !== undefined) return { strategies: ids }
  assume(log, [...path, 'strategies'], 'all', 'default: all that the layout has')
  return {}
}
