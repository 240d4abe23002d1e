import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { GroupText, RegionText, ScenarioText } from '../../scenario/schema/scenario-text.ts'
import type { Spot, YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import { nodeAt } from '../../scenario/yaml/yaml-tree.ts'
import type { Path } from '../../units/path.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { ImportFlaw } from '../importer.ts'
import { placeText } from '../place.ts'
import { readQuantity } from './amounts.ts'
import { isNothing, textOf } from './parameters.ts'

/** The container that a server runs in, as far as memory goes. */
export interface Container {
  /** Name of its control group in the scenario. */
  readonly name: string
  /** The most memory that it may use. */
  readonly limit?: Amount
  /** Huge pages that it may use, by size; none: it may use none. */
  readonly hugepages: readonly (Amount & { readonly pageBytes: number })[]
  /** Whether a container without huge pages in its limits gets none: Kubernetes. */
  readonly isStrict: boolean
}

/** An amount of memory as a file states it. */
export interface Amount {
  readonly bytes: number
  /** As written, with its key: `limits.memory = 16Gi`. */
  readonly text: string
  readonly spot: Spot
}

/** Limits of Kubernetes: `memory`, `hugepages-2Mi`, `hugepages-1Gi`; requests of huge pages are the same. */
export function kubernetesContainer(
  name: string,
  resources: YamlNode | undefined,
): { readonly container: Container; readonly flaws: readonly ImportFlaw[] } {
  const limit = amountAt(resources, ['limits', 'memory'], readQuantity)
  const huge = hugePageKeys.map(({ key, pageBytes }) => {
    const amount =
      amountAt(resources, ['limits', key], readQuantity) ??
      amountAt(resources, ['requests', key], readQuantity)
    return { amount, pageBytes }
  })
  const wrong = [limit, ...huge.map(({ amount }) => amount)].flatMap((one) =>
    one !== undefined && 'message' in one ? [one] : [],
  )
  const container: Container = {
    name,
    ...(limit === undefined || 'message' in limit ? {} : { limit }),
    hugepages: huge.flatMap(({ amount, pageBytes }) =>
      amount === undefined || 'message' in amount ? [] : [{ ...amount, pageBytes }],
    ),
    isStrict: true,
  }
  return { container, flaws: wrong }
}

/** The amount at a path, what is wrong with it, or `undefined` where there is none. */
export function amountAt(
  root: YamlNode | undefined,
  path: Path,
  read: (text: string) => number | undefined,
): Amount | ImportFlaw | undefined {
  const node = root === undefined ? undefined : nodeAt(root, path)
  if (node === undefined || isNothing(node)) return undefined
  const text = textOf(node) ?? ''
  const size = read(text)
  if (size === undefined) {
    const message = `\`${text}\` is no amount of memory`
    return { message, expected: 'a number with a unit, such as 16Gi', spot: node.spot }
  }
  return { bytes: size, text: `${path.join('.')} = ${text}`, spot: node.spot }
}

const hugePageKeys = [
  { key: 'hugepages-2Mi', pageBytes: 2 ** 21 },
  { key: 'hugepages-1Gi', pageBytes: 2 ** 30 },
] as const

/** Puts the server into its container: a control group with the limit, and the huge pages it may use. */
export function putInto(annotated: AnnotatedScenario, container: Container): void {
  const { name, limit, hugepages } = container
  const { scenario } = annotated
  const regions = withHugePages(annotated, container)
  const pool = Object.fromEntries(
    hugepages.map((amount) => {
      const size = writeSize(bytes(amount.pageBytes))
      const path = ['host', 'hugepages', size]
      annotated.say(path, `${amount.text} (${placeText(amount.spot)}): the node must have as many`)
      annotated.decidedBy(path, amount.spot)
      return [size, Math.floor(amount.bytes / amount.pageBytes)]
    }),
  )
  if (limit !== undefined) {
    const path = ['host', 'cgroups', name, 'limit']
    annotated.say(path, `${limit.text} (${placeText(limit.spot)})`)
    annotated.decidedBy(path, limit.spot)
  }
  const given = scenario.host.hugepages ?? {}
  const all = container.isStrict && hugepages.length > 0 ? pool : { ...given, ...pool }
  annotated.scenario = {
    ...scenario,
    host: {
      ...scenario.host,
      ...(Object.keys(all).length === 0 ? {} : { hugepages: all }),
      ...(limit === undefined
        ? {}
        : { cgroups: { [name]: { limit: writeSize(bytes(limit.bytes)) } } }),
    },
    ...(regions === undefined ? {} : { regions }),
    groups: mapped(scenario.groups, (group): GroupText => {
      return limit === undefined ? group : { ...group, cgroup: name }
    }),
  }
}

/**
 * Kubernetes gives a container without huge pages in its limits none: the limit of its hugetlb control
 * group is 0, and a server that only tries goes on with base pages.
 */
function withHugePages(
  annotated: AnnotatedScenario,
  { isStrict, hugepages }: Container,
): ScenarioText['regions'] {
  const { regions } = annotated.scenario
  if (regions === undefined || !isStrict || hugepages.length > 0) return regions
  return mapped(regions, (region, name): RegionText => {
    if (region.pageSize === undefined || region.fallback !== 'base-pages') return region
    annotated.forget(['regions', name, 'fallback'])
    annotated.assume(
      ['regions', name, 'pageSize'],
      'no huge pages in the limits of the container: Kubernetes lets it use none',
    )
    const { fallback: _, ...rest } = region
    return { ...rest, pageSize: '4 KiB' }
  })
}

function mapped<Value, Other>(
  all: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Other,
): Record<string, Other> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value, name)]))
}
