import { describedStrategy } from '../../sharing/catalogue.ts'
import { partCopies } from '../../sharing/pools/copies.ts'
import { canonicalJson } from '../../workload/identity.ts'
import type { Workload } from '../../workload/workload.ts'
import { standingOf } from '../result/outlook.ts'
import type { Effect } from '../result/what-if/diff-result.ts'
import { tryPlan } from '../strategy/plans.ts'
import type { Outcome } from '../strategy/strategy-result.ts'
import { isWhole } from './inputs.ts'

/**
 * What each change does, put in on top of those before it: in the order of the second scenario, what is
 * new before what is gone. One with which nothing can be planned counts together with the next. They
 * add up exactly, whatever the order; the part of each depends on it.
 */
export function effectsOf(from: Workload, to: Workload): readonly Effect[] {
  const effects: Effect[] = []
  let [before, paths] = [outcomeOf(from), [] as readonly string[]]
  let workload = from
  for (const { path, change } of stepsBetween(from, to)) {
    const next = change(workload)
    if (isSame(next, workload)) continue
    workload = next
    paths = [...paths, path]
    const after = outcomeOf(workload)
    if (after === undefined) continue
    if (before !== undefined) effects.push(effectOf(paths, before, after))
    before = after
    paths = []
  }
  return effects
}

/** `undefined` where nothing can be planned: half of a change may contradict the rest. */
function outcomeOf(workload: Workload): Outcome | undefined {
  try {
    return tryPlan(partCopies(workload), describedStrategy)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function effectOf(paths: readonly string[], before: Outcome, after: Outcome): Effect {
  return {
    paths,
    pageTableBytes: after.pageTables.bytes - before.pageTables.bytes,
    headroomBytes: after.memory.headroomBytes - before.memory.headroomBytes,
    risk: standingOf(after),
  }
}

interface Step {
  readonly path: string
  readonly change: (workload: Workload) => Workload
}

function stepsBetween(from: Workload, to: Workload): readonly Step[] {
  const { host, regions, groups, mshareRevision } = to
  const rest: Step = {
    path: 'order',
    change: (workload) => ({ ...workload, host, regions, groups, mshareRevision }),
  }
  // Pages, addresses and huge pages are others: nothing between the two is a server.
  if (from.host.layout.id !== to.host.layout.id) return [{ ...rest, path: 'host.layout' }]
  return [
    ...keysOf(from.host, to.host).map(
      (key): Step => ({
        path: `host.${scenarioNames.get(key) ?? key}`,
        change: (workload) => ({ ...workload, host: withKeys(workload.host, to.host, [key]) }),
      }),
    ),
    ...stepsOfItems(from, to, 'regions', regionParts),
    ...stepsOfItems(from, to, 'groups', groupParts),
    ...goneOf(from.groups, to.groups).map((name) => removal('groups', name)),
    ...goneOf(from.regions, to.regions).map((name) => removal('regions', name)),
    {
      path: 'mshare.revision',
      change: (workload) => ({ ...workload, mshareRevision: to.mshareRevision }),
    },
    rest,
  ]
}

/** What the scenario calls keys of the workload. */
const scenarioNames: ReadonlyMap<string, string> = new Map([
  ['reserves', 'reserve'],
  ['pageBytes', 'pageSize'],
])

type Parts = readonly (readonly string[])[]

/** Keys that are read from one value of the scenario, or follow from it by default. */
const regionParts: Parts = [['size', 'pages']]
const groupParts: Parts = [['private', 'baseTables', 'assumedTables']]

function stepsOfItems(
  from: Workload,
  to: Workload,
  place: 'regions' | 'groups',
  parts: Parts,
): readonly Step[] {
  const before = new Map<string, { readonly name: string }>(
    from[place].map((one) => [one.name, one]),
  )
  return to[place].flatMap((item, index): readonly Step[] => {
    const was = before.get(item.name)
    if (was === undefined) {
      return [
        {
          path: `${place}.${item.name}`,
          change: (workload) => inserted(workload, place, item, index),
        },
      ]
    }
    const keys = keysOf(was, item).map((key) => parts.find((part) => part.includes(key)) ?? [key])
    const unique = [...new Map(keys.map((part) => [part[0], part])).values()]
    return unique.map(
      (part): Step => ({
        path: `${place}.${item.name}.${scenarioNames.get(part[0] ?? '') ?? part[0]}`,
        change: (workload) => {
          const items: readonly { readonly name: string }[] = workload[place]
          const changed = items.map((one) =>
            one.name === item.name ? withKeys(one, item, part) : one,
          )
          const next = { ...workload, [place]: changed }
          return part.includes('size') ? withMappingsOf(item.name, workload, next, to) : next
        },
      }),
    )
  })
}

function inserted(
  workload: Workload,
  place: 'regions' | 'groups',
  item: object,
  index: number,
): Workload {
  const items: readonly object[] = workload[place]
  return { ...workload, [place]: [...items.slice(0, index), item, ...items.slice(index)] }
}

function removal(place: 'regions' | 'groups', name: string): Step {
  return {
    path: `${place}.${name}`,
    change: (workload) => ({
      ...workload,
      [place]: workload[place].filter((one) => one.name !== name),
    }),
  }
}

function goneOf(
  from: readonly { readonly name: string }[],
  to: readonly { readonly name: string }[],
): readonly string[] {
  const kept = new Set(to.map(({ name }) => name))
  return from.flatMap(({ name }) => (kept.has(name) ? [] : [name]))
}

/** Mappings of a whole region follow its size. */
function withMappingsOf(region: string, before: Workload, after: Workload, to: Workload): Workload {
  const pagesIn = ({ regions }: Workload): number | undefined =>
    regions.find(({ name }) => name === region)?.pages
  const [was, is] = [pagesIn(before), pagesIn(to)]
  const groups = after.groups.map((group) => {
    const target = to.groups.find(({ name }) => name === group.name)
    const maps = group.maps.map((mapping, index) => {
      const next = target?.maps[index]
      const follows = mapping.region === region && next?.region === region
      return follows && isWhole(mapping, was) && isWhole(next, is) ? next : mapping
    })
    return { ...group, maps }
  })
  return { ...after, groups }
}

/** Keys with other values, in the order of the second. */
function keysOf(from: object, to: object): readonly string[] {
  const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])]
  return keys.filter((key) => !isSame(Reflect.get(from, key), Reflect.get(to, key)))
}

function withKeys<T extends object>(one: T, other: T, keys: readonly string[]): T {
  const kept = Object.entries(one).filter(([key]) => !keys.includes(key))
  const taken = Object.entries(other).filter(([key]) => keys.includes(key))
  return Object.fromEntries([...kept, ...taken]) as T
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson({ one }) === canonicalJson({ one: other })
}
