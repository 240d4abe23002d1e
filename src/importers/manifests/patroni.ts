import type { YamlMap } from '../../scenario/yaml/yaml-tree.ts'
import { nodeAt } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { placeText } from '../place.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import { importSettings } from '../postgresql/import-postgresql.ts'
import { releaseStated } from '../postgresql/release.ts'
import { readDocuments } from './documents.ts'
import { defaultLines, parametersIn, textOf } from './parameters.ts'

/** A patroni.yml, or what `patronictl show-config` prints. */
export const patroni: Importer = {
  importFile: importPatroni,
  fileName: /patroni[^/]*[.]ya?ml$/,
  content: /^(?:bootstrap|loop_wait|ttl|scope|restapi|retry_timeout|maximum_lag_on_failover):/m,
  takesDataSize: true,
}

/**
 * Parameters that Patroni gives the server itself, all of them from the dynamic configuration or its
 * own default: `CMDLINE_OPTIONS` of patroni/postgresql/config.py. Local values are not looked at.
 */
const controlled: Readonly<Record<string, string>> = {
  max_connections: '100',
  max_wal_senders: '10',
  max_prepared_transactions: '0',
  max_locks_per_transaction: '64',
  max_replication_slots: '10',
  max_worker_processes: '8',
  hot_standby: 'on',
}

const dcs = ['bootstrap', 'dcs', 'postgresql', 'parameters']
const local = ['postgresql', 'parameters']

/**
 * Local parameters outrank those of the dynamic configuration, but for what Patroni controls: "Patroni
 * configuration" and "Dynamic Configuration Settings" of its manual.
 */
function importPatroni(path: string, library: Library, options: ImportOptions): Imported {
  const expected = '`bootstrap.dcs.postgresql.parameters` or `postgresql.parameters`'
  const { found, flaws } = readDocuments(path, library, /\S/, hasParameters, expected)
  const [root] = found
  if (root === undefined || flaws.length > 0) return { ok: false, flaws }
  const isShown = isDynamic(root)
  const dynamic = parametersIn(nodeAt(root, isShown ? local : dcs))
  const own = isShown ? { lines: [], flaws: [] } : parametersIn(nodeAt(root, local))
  const ignored = own.lines.filter(({ name }) => isControlled(name))
  const release = releaseIn(root)
  return importSettings(
    {
      path,
      lines: [
        ...defaultLines(controlled, root.spot, "Patroni's default"),
        ...dynamic.lines,
        ...own.lines.filter(({ name }) => !isControlled(name)),
      ],
      flaws: [...dynamic.flaws, ...own.flaws],
      notRead: [],
      release: releaseStated(release?.text, release?.source ?? '', options.release),
      remarks: remarksOn(isShown, ignored),
    },
    options,
  )
}

function isControlled(name: string): boolean {
  return Object.hasOwn(controlled, name.toLowerCase())
}

function hasParameters(root: YamlMap): boolean {
  return [dcs, local].some((path) => nodeAt(root, path) !== undefined)
}

/** What `patronictl show-config` prints has nothing of a single node. */
function isDynamic({ entries }: YamlMap): boolean {
  return !['bootstrap', 'scope', 'name', 'restapi'].some((key) => entries.has(key))
}

function remarksOn(isShown: boolean, ignored: readonly GucLine[]): readonly string[] {
  const listed = ignored.map(({ name, nameSpot }) => `${name} (${placeText(nameSpot)})`)
  return [
    ...(isShown
      ? ['This is the dynamic configuration: local parameters of a node may outrank it.']
      : [
          'bootstrap.dcs counts when a cluster is made: `patronictl show-config` prints what counts now.',
        ]),
    ...(listed.length === 0
      ? []
      : [
          `Ignored, because Patroni takes them from the dynamic configuration: ${listed.join(', ')}.`,
        ]),
  ]
}

/** `/usr/lib/postgresql/16/bin` or `/var/lib/postgresql/16/main`. */
function releaseIn(root: YamlMap): { readonly text: string; readonly source: string } | undefined {
  for (const key of ['bin_dir', 'data_dir']) {
    const node = nodeAt(root, ['postgresql', key])
    const text = /(?:postgresql|pgsql|postgres)[/-](\d{2}|9[.]\d)(?:\/|$)/.exec(
      textOf(node) ?? '',
    )?.[1]
    if (node !== undefined && text !== undefined) {
      return { text, source: `postgresql.${key} (${placeText(node.spot)})` }
    }
  }
  return undefined
}
