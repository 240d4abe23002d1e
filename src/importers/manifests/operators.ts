import type { YamlMap, YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import { nodeAt } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { placeText } from '../place.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import type { Amount } from './container.ts'
import { kubernetesContainer } from './container.ts'
import { readDocuments } from './documents.ts'
import { releaseOfImage } from './images.ts'
import { countOf, defaultLines, isKind, parametersIn, textOf } from './parameters.ts'
import type { OperatedServer } from './server-in-container.ts'
import { importOperated } from './server-in-container.ts'

/** What the objects of an operator look like, and what it adds. */
interface Operator {
  readonly group: string
  readonly kind: string
  readonly name: string
  /** Paths of parameters; of several the last counts. */
  readonly parameters: readonly (readonly (string | number)[])[]
  readonly resources: readonly (string | number)[]
  readonly instances: readonly (string | number)[]
  /** The release, as a number or in the tag of an image. */
  readonly release: readonly (readonly (string | number)[])[]
  readonly defaults: Readonly<Record<string, string>>
  /** Defaults that depend on the memory of the container, in bytes. */
  readonly byMemory?: (limit: number) => Readonly<Record<string, string>>
  readonly remarks: readonly string[]
}

/**
 * CloudNativePG: `CnpgConfigurationSettings` in pkg/postgres/configuration.go, and the page "PostgreSQL
 * Configuration" of its manual.
 */
const cnpg: Operator = {
  group: 'postgresql.cnpg.io',
  kind: 'Cluster',
  name: 'CloudNativePG',
  parameters: [['spec', 'postgresql', 'parameters']],
  resources: ['spec', 'resources'],
  instances: ['spec', 'instances'],
  release: [
    ['spec', 'imageName'],
    ['spec', 'imageCatalogRef', 'major'],
  ],
  defaults: {
    archive_mode: 'on',
    max_parallel_workers: '32',
    max_replication_slots: '32',
    max_worker_processes: '32',
    shared_memory_type: 'mmap',
    hot_standby: 'on',
  },
  remarks: [],
}

/**
 * Zalando's operator starts Spilo: the template and `get_placeholders()` of
 * postgres-appliance/scripts/configure_spilo.py of zalando/spilo.
 */
const zalandoPostgresql: Operator = {
  group: 'acid.zalan.do',
  kind: 'postgresql',
  name: 'Spilo',
  parameters: [['spec', 'postgresql', 'parameters']],
  resources: ['spec', 'resources'],
  instances: ['spec', 'numberOfInstances'],
  release: [['spec', 'postgresql', 'version']],
  defaults: {
    archive_mode: 'on',
    autovacuum_max_workers: '5',
    hot_standby: 'on',
    max_replication_slots: '10',
    max_wal_senders: '10',
    shared_preload_libraries: 'bg_mon,pg_stat_statements,pgextwlist,pg_auth_mon,set_user',
  },
  byMemory: (limit) => {
    const mebibytes = Math.floor(limit / 2 ** 20)
    return {
      max_connections: String(Math.min(Math.max(100, Math.floor(mebibytes / 30)), 1000)),
      shared_buffers: `${Math.max(1, Math.floor(mebibytes / 5))}MB`,
    }
  },
  remarks: [
    'Spilo sizes shared_buffers and max_connections by the memory limit where the object does not: a fifth, and one per 30 MB.',
  ],
}

/** Crunchy's PGO runs Patroni: "Customize a Postgres Cluster" and "Resize" of its manual. */
const pgo: Operator = {
  group: 'postgres-operator.crunchydata.com',
  kind: 'PostgresCluster',
  name: 'PGO',
  parameters: [
    ['spec', 'patroni', 'dynamicConfiguration', 'postgresql', 'parameters'],
    ['spec', 'config', 'parameters'],
  ],
  resources: ['spec', 'instances', 0, 'resources'],
  instances: ['spec', 'instances', 0, 'replicas'],
  release: [['spec', 'postgresVersion']],
  defaults: { archive_mode: 'on', max_replication_slots: '10', max_wal_senders: '10' },
  remarks: [],
}

export const cloudnativepg: Importer = importerOf(
  cnpg,
  /^apiVersion:\s*["']?postgresql[.]cnpg[.]io\//m,
)
export const zalando: Importer = importerOf(
  zalandoPostgresql,
  /^apiVersion:\s*["']?acid[.]zalan[.]do\//m,
)
export const crunchy: Importer = importerOf(
  pgo,
  /^apiVersion:\s*["']?postgres-operator[.]crunchydata[.]com\//m,
)

function importerOf(operator: Operator, content: RegExp): Importer {
  return {
    importFile: (path, library, options) => importObject(operator, content, path, library, options),
    fileName: /(?!)/,
    content,
    takesDataSize: true,
  }
}

function importObject(
  operator: Operator,
  content: RegExp,
  path: string,
  library: Library,
  options: ImportOptions,
): Imported {
  const { group, kind } = operator
  const expected = `\`apiVersion: ${group}/…\` and \`kind: ${kind}\``
  const isWanted = (root: YamlMap): boolean => isKind(root, group, kind)
  const { found, flaws } = readDocuments(path, library, content, isWanted, expected)
  const [root, second] = found
  if (root === undefined || flaws.length > 0) return { ok: false, flaws }
  if (second !== undefined) {
    const flaw = {
      message: `the file has ${found.length} objects of kind ${kind}`,
      expected: 'one: put each into a file of its own',
      spot: second.spot,
    }
    return { ok: false, flaws: [flaw] }
  }
  return importOperated(serverOf(operator, path, root), options)
}

function serverOf(operator: Operator, path: string, root: YamlMap): OperatedServer {
  const written = operator.parameters.map((at) => parametersIn(nodeAt(root, at)))
  const name = textOf(nodeAt(root, ['metadata', 'name'])) ?? operator.kind
  const { container, flaws } = kubernetesContainer(name, nodeAt(root, operator.resources))
  const release = releaseIn(operator, root)
  const instances = countOf(nodeAt(root, operator.instances))
  return {
    path,
    root,
    lines: [
      ...defaultsOf(operator, root, container.limit),
      ...written.flatMap(({ lines }) => lines),
      ...librariesOf(root),
    ],
    flaws: [...written.flatMap((one) => one.flaws), ...flaws],
    container,
    ...(release === undefined ? {} : { release }),
    ...(instances === undefined ? {} : { instances }),
    remarks: operator.remarks,
  }
}

function defaultsOf(
  { name, defaults, byMemory }: Operator,
  root: YamlMap,
  limit: Amount | undefined,
): readonly GucLine[] {
  const whose = `${name}'s default`
  const sized = limit === undefined || byMemory === undefined ? {} : byMemory(limit.bytes)
  return [
    ...defaultLines(defaults, root.spot, whose),
    ...defaultLines(sized, limit?.spot ?? root.spot, `${whose} for ${limit?.text}`),
  ]
}

/** CloudNativePG has its libraries in a list beside the parameters. */
function librariesOf(root: YamlMap): readonly GucLine[] {
  const entry = mapAt(root, ['spec', 'postgresql'])?.entries.get('shared_preload_libraries')
  if (entry?.node.kind !== 'list') return []
  const value = entry.node.items.map((item) => textOf(item) ?? '').join(',')
  const valueSpot = entry.node.spot
  return [{ name: 'shared_preload_libraries', nameSpot: entry.key, value, valueSpot }]
}

function mapAt(root: YamlMap, path: readonly string[]): YamlMap | undefined {
  const node: YamlNode | undefined = nodeAt(root, path)
  return node?.kind === 'map' ? node : undefined
}

function releaseIn({ release }: Operator, root: YamlMap): OperatedServer['release'] {
  for (const path of release) {
    const node = nodeAt(root, path)
    const text = textOf(node)
    if (node === undefined || text === undefined) continue
    const number = /^\d{1,2}(?:[.]\d{1,3})?$/.test(text) ? text : releaseOfImage(text)
    if (number === undefined) continue
    return { text: number, source: `${path.join('.')} (${placeText(node.spot)})` }
  }
  return undefined
}
