import { findLayout } from '../../geometry/catalogue.ts'
import type { Workload } from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
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
import { assume, choiceOf, complain, entriesOf, inside, isBroken } from './section.ts'

/** What a scenario is read for: to plan, or to compare the plan with what was measured. */
export type Purpose = 'plan' | 'verify'

/** What a file extends is put under it before it is resolved. */
const notFollowed = {
  message: '`extends` is followed in the file of a scenario only',
  expected: 'the values of the other scenario, written here',
}

/**
 * The workload, with every default filled in and noted. Further complaints go to the log.
 * @param purpose what was measured is only judged for those who compare with it.
 * @returns `undefined` where the layout is not known: sizes in pages and addresses are not either.
 */
export function workloadOf(
  log: Log,
  given: DeepPartial<ScenarioText>,
  purpose: Purpose,
): Workload | undefined {
  if (given.extends !== undefined) complain(log, ['extends'], notFollowed)
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
