import type { Finding, FindingKind } from '../../plan/result/finding.ts'
import type { GateMetric, GateResult } from '../../plan/result/gate-result.ts'
import type { PathTo } from '../../scenario/find-places.ts'
import { parsePath } from '../../scenario/yaml/parse-path.ts'
import { findingIds } from '../../workload/finding-ids.ts'

type CauseOf<Kind extends FindingKind> = (
  finding: Extract<Finding, { readonly kind: Kind }>,
) => PathTo

const region = (finding: { readonly region: string }): PathTo => ['regions', finding.region]
const firstRegion = ({ regions: [name = ''] }: { readonly regions: readonly string[] }): PathTo => [
  'regions',
  name,
]
const mapping = (finding: { readonly group: string; readonly region: string }): PathTo => [
  ...['groups', finding.group, 'maps'],
  { where: 'region', is: [finding.region] },
]
const waiver = ({ waives }: { readonly waives: string }): PathTo => [
  'allow',
  { where: 'finding', is: Object.entries(findingIds).find(([, id]) => id === waives) ?? [waives] },
]

/** The key of the scenario that a finding is about, by its kind. */
const causes: { readonly [Kind in FindingKind]: CauseOf<Kind> } = {
  'mshare-costs-more': region,
  'mshare-saves-little': region,
  'addresses-differ': region,
  'owner-short-lived': ({ group }) => ['groups', group, 'shortLived'],
  'sharer-outside-owner-cgroup': ({ group }) => ['groups', group, 'cgroup'],
  'posted-code-defects': firstRegion,
  'innocent-victim': firstRegion,
  'own-tables-kept': mapping,
  'private-exceeds-base-tables': ({ group }) => ['groups', group, 'baseTables'],
  'tables-exceed-data': region,
  'few-pages-touch-most-tables': (finding) => [...mapping(finding), 'touched'],
  'huge-pages-do-it-today': () => ['regions'],
  'nothing-to-gain': () => ['regions'],
  'private-regions-united': mapping,
  'swap-cannot-help': () => ['host', 'swap'],
  'base-tables-decide': () => ['groups'],
  'pool-too-small': region,
  'stranded-huge-pages': () => ['host', 'hugepages'],
  'linked-tables': () => ['regions'],
  'overcommit-refuses': () => ['host', 'overcommit'],
  'tables-decide': ({ cgroup }) =>
    cgroup === undefined ? ['groups'] : ['host', 'cgroups', cgroup],
  'assumption-decides': ({ paths: [path = ''] }) =>
    parsePath(path)?.map(({ step }) => step) ?? ['groups'],
  'pool-exceeds-memory': () => ['host', 'hugepages'],
  'owner-is-single-point': region,
  'private-writes-shared': ({ groups: [group = ''], region: name }) =>
    mapping({ group, region: name }),
  'waiver-expired': waiver,
  'waiver-unmatched': waiver,
  'mappings-unread': () => ['groups'],
  'touched-in-part': ({ groups: [first] }) =>
    first === undefined ? ['groups'] : ['groups', first.name, 'maps'],
}

export function causeOfFinding(finding: Finding): PathTo {
  return causeOf(finding.kind, finding)
}

/** The kind and the entry belong together, which the compiler cannot follow through a union. */
function causeOf<Kind extends FindingKind>(kind: Kind, finding: Finding): PathTo {
  const cause: (one: never) => PathTo = causes[kind]
  return cause(finding as never)
}

/** The key that sets a gate, or the key above it where the command line or a default does. */
export function causeOfGate({ metric, case: name }: GateResult): PathTo {
  if (name !== undefined) return ['cases', name]
  return ['gates', gateKeys[metric]]
}

const gateKeys: Readonly<Record<GateMetric, string>> = {
  risk: 'risk',
  headroom: 'headroom',
  pageTables: 'pageTables',
  findings: 'findings',
  growth: 'growth',
  riskGrowth: 'growth',
}
