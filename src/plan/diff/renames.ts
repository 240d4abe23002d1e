import { canonicalJson } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'
import type { InputChange } from '../result/what-if/diff-result.ts'

/** A workload with the names that another has for the same groups and regions. */
export interface Renamed {
  readonly workload: Workload
  readonly changes: readonly InputChange[]
}

/**
 * Gives groups and regions that are gone the name of one that is new and the same in all else. With
 * several alike, the first takes the first.
 */
export function renamedAs(from: Workload, to: Workload): Renamed {
  const regions = pairsOf(from.regions, to.regions)
  const withRegions: Workload = {
    ...from,
    regions: from.regions.map((region) => ({
      ...region,
      name: regions.get(region.name) ?? region.name,
      ...(region.after === undefined ? {} : { after: regions.get(region.after) ?? region.after }),
    })),
    groups: from.groups.map((group) => ({
      ...group,
      maps: group.maps.map((mapping) => ({
        ...mapping,
        region: regions.get(mapping.region) ?? mapping.region,
      })),
    })),
  }
  const groups = pairsOf(withRegions.groups, to.groups)
  const nameOf = (name: string): string => groups.get(name) ?? name
  return {
    workload: {
      ...withRegions,
      groups: withRegions.groups.map((group) => ({ ...group, name: nameOf(group.name) })),
      regions: withRegions.regions.map(({ mshare, ...region }) =>
        mshare === undefined ? region : { ...region, mshare: renamedOwner(mshare, nameOf) },
      ),
    },
    changes: [...changesIn('regions', regions), ...changesIn('groups', groups)],
  }
}

function renamedOwner<T extends { readonly owner?: string }>(
  terms: T,
  nameOf: (name: string) => string,
): T {
  return terms.owner === undefined ? terms : { ...terms, owner: nameOf(terms.owner) }
}

function changesIn(place: string, names: ReadonlyMap<string, string>): readonly InputChange[] {
  return [...names].map(([from, to]) => ({ path: place, kind: 'renamed', from, to }))
}

/** Old names and new ones of what is the same but for its name. */
function pairsOf(
  from: readonly { readonly name: string }[],
  to: readonly { readonly name: string }[],
): ReadonlyMap<string, string> {
  const [old, now] = [new Set(from.map(({ name }) => name)), new Set(to.map(({ name }) => name))]
  const fresh = to.filter(({ name }) => !old.has(name))
  const pairs = new Map<string, string>()
  const taken = new Set<string>()
  for (const one of from.filter(({ name }) => !now.has(name))) {
    const match = fresh.find((each) => !taken.has(each.name) && isSameBut(one, each))
    if (match === undefined) continue
    taken.add(match.name)
    pairs.set(one.name, match.name)
  }
  return pairs
}

function isSameBut(one: { readonly name: string }, other: { readonly name: string }): boolean {
  return canonicalJson({ ...one, name: '' }) === canonicalJson({ ...other, name: '' })
}
