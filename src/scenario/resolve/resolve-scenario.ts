import { findLayout } from '../../geometry/catalogue.ts'
import type { Workload } from '../../workload/workload.ts'
import { defaults } from '../schema/defaults.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import { checkMeasured, checkMeasuredNames } from './check-measured.ts'
import { checkReferences } from './check-references.ts'
import type { Desk, Draft, Part } from './desk.ts'
import { assume, choiceOf, entriesOf, inside, isBroken } from './desk.ts'
import { resolveAssumed } from './resolve-assumed.ts'
import { gatesOf, maxResidualOf, waiversOf } from './resolve-gates.ts'
import { resolveGroup } from './resolve-groups.ts'
import { resolveHost } from './resolve-host.ts'
import { measuredOf } from './resolve-measured.ts'
import { assumeOwner, resolveRegion } from './resolve-regions.ts'

/** What a scenario is read for: to plan, or to compare the plan with what was measured. */
export type Purpose = 'plan' | 'verify'

/**
 * What is planned, with every default filled in and noted, and every further complaint put down.
 * @param purpose what was measured is only judged for those who compare with it.
 * @returns `undefined` where the layout is not known: sizes in pages and addresses are not either.
 */
export function resolveScenario(
  desk: Desk,
  draft: Draft<ScenarioText>,
  purpose: Purpose,
): Workload | undefined {
  checkReferences(desk, draft)
  if (purpose === 'verify') checkMeasuredNames(desk, draft)
  resolveAssumed(desk, draft)
  const part: Part<Draft<ScenarioText>> = { desk, draft, path: [] }
  const hostPart = inside(part, 'host')
  if (isBroken(hostPart, 'layout')) return undefined
  const layout = findLayout(choiceOf(hostPart, 'layout', defaults.layout, 'default: most servers'))
  if (layout === undefined) return undefined
  const host = resolveHost(hostPart, layout)
  const regionParts = entriesOf(desk, draft.regions, ['regions']).map(
    ([name, region]) => ({ name, part: { desk, draft: region, path: ['regions', name] } }) as const,
  )
  const regions = regionParts.flatMap((one) => {
    const region = resolveRegion(one.name, one.part, host)
    return region === undefined ? [] : [{ ...one, region }]
  })
  const byName = new Map(regions.map(({ name, region }) => [name, region]))
  const groups = entriesOf(desk, draft.groups, ['groups']).map(([name, group]) =>
    resolveGroup(name, { desk, draft: group, path: ['groups', name] }, host, byName),
  )
  for (const one of regions) assumeOwner(one.part, one.region, groups)
  const workload = {
    host,
    regions: regions.map(({ region }) => region),
    groups,
    mshareRevision: choiceOf(
      inside(part, 'mshare'),
      'revision',
      defaults.revision,
      'default: the newest proposal',
    ),
    ...strategiesOf(part),
    gates: gatesOf(part, layout.pageBytes),
    ...maxResidualOf(part, layout.pageBytes),
    ...waiversOf(part),
    ...measuredOf(desk, draft, layout),
  }
  if (purpose === 'verify') checkMeasured(desk, workload)
  return workload
}

function strategiesOf({
  desk,
  draft,
  path,
}: Part<Draft<ScenarioText>>): Pick<Workload, 'strategies'> {
  const ids = draft?.strategies?.filter((id) => id !== undefined)
  if (ids !== undefined) return { strategies: ids }
  assume(desk, [...path, 'strategies'], 'all', 'default: all that the layout has')
  return {}
}
