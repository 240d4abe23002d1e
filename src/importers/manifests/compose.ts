import type { YamlMap, YamlNode } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportFlaw, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { importOptions } from '../mysql/import-mysql.ts'
import { optionLineOf } from '../mysql/option-file.ts'
import { placeText } from '../place.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import { importSettings } from '../postgresql/import-postgresql.ts'
import { releaseStated } from '../postgresql/release.ts'
import { readComposeSize } from './amounts.ts'
import type { Word } from './command-words.ts'
import { commandWords, settingsIn } from './command-words.ts'
import type { Container } from './container.ts'
import { amountAt, putInto } from './container.ts'
import { readDocuments } from './documents.ts'
import { databaseOfImage, releaseOfImage } from './images.ts'
import { textOf } from './parameters.ts'

/** A docker-compose.yml with a database among its services. */
export const compose: Importer = {
  importFile: importCompose,
  fileName: /compose[^/]*[.]ya?ml$/,
  content: /^services:[ \t]*(?:#.*)?\r?$/m,
  takesDataSize: true,
}

interface Service {
  readonly name: string
  readonly node: YamlMap
  readonly database: 'postgresql' | 'mysql'
  readonly image: string
  readonly imageNode: YamlNode | undefined
}

function importCompose(path: string, library: Library, options: ImportOptions): Imported {
  const expected = '`services:` with a service of PostgreSQL, MySQL or MariaDB'
  const isWanted = ({ entries }: YamlMap): boolean => entries.has('services')
  const { found, flaws, source } = readDocuments(path, library, /\S/, isWanted, expected)
  const [root] = found
  if (root === undefined || flaws.length > 0) return { ok: false, flaws }
  const services = servicesIn(root)
  const [service, second] = services
  if (service === undefined) {
    const message = 'no service is a database that is known'
    return { ok: false, flaws: [{ message, expected, spot: { source, offset: 0 } }] }
  }
  if (second !== undefined) {
    const names = services.map(({ name }) => `\`${name}\``).join(', ')
    const flaw = {
      message: `several services are databases: ${names}`,
      expected: 'one: keep one of them in a copy of the file',
      spot: second.node.spot,
    }
    return { ok: false, flaws: [flaw] }
  }
  return importService(path, service, options)
}

function servicesIn(root: YamlMap): readonly Service[] {
  const services = root.entries.get('services')?.node
  if (services?.kind !== 'map') return []
  return [...services.entries].flatMap(([name, { node }]) => {
    if (node.kind !== 'map') return []
    const imageNode = node.entries.get('image')?.node
    const image = textOf(imageNode) ?? ''
    const first = commandWords(node.entries.get('command')?.node).words[0]?.text ?? ''
    const database = databaseOfImage(image) ?? programs.get(first)
    return database === undefined ? [] : [{ name, node, database, image, imageNode }]
  })
}

/** A command that begins with the program itself. */
const programs: ReadonlyMap<string, Service['database']> = new Map([
  ['postgres', 'postgresql'],
  ['mysqld', 'mysql'],
  ['mariadbd', 'mysql'],
])

function importService(path: string, service: Service, options: ImportOptions): Imported {
  const { name, node, database, image, imageNode } = service
  const command = commandWords(node.entries.get('command')?.node)
  const { container, flaws: wrong } = containerOf(name, node)
  const flaws = [...command.flaws, ...wrong]
  const tag = releaseOfImage(image)
  const place = imageNode === undefined ? '' : ` (${placeText(imageNode.spot)})`
  const release = { text: tag, source: `image = ${image}${place}` }
  const imported =
    database === 'postgresql'
      ? postgresqlOf(path, service, command.words, flaws, release, options)
      : mysqlOf(path, service, command.words, flaws, tag, options)
  if (imported.ok) putInto(imported.annotated, container)
  return imported
}

function postgresqlOf(
  path: string,
  { name, node }: Service,
  words: readonly Word[],
  flaws: readonly ImportFlaw[],
  release: { readonly text: string | undefined; readonly source: string },
  options: ImportOptions,
): Imported {
  const { settings, flaws: wrong } = settingsIn(words)
  const stated = releaseStated(release.text, release.source, options.release)
  return importSettings(
    {
      path,
      lines: [...environmentLines(node.entries.get('environment')?.node), ...settings],
      flaws: [...flaws, ...wrong],
      notRead: [],
      release: stated,
      remarks: [
        `Service ${name}: what its command sets. A configuration file in the image or a volume is not known.`,
      ],
    },
    options,
  )
}

function mysqlOf(
  path: string,
  { name, node }: Service,
  words: readonly Word[],
  flaws: readonly ImportFlaw[],
  tag: string | undefined,
  options: ImportOptions,
): Imported {
  const group = { name: 'mysqld', reader: 'all', spot: node.spot } as const
  const lines = words
    .filter(({ text }) => text.startsWith('--'))
    .map(({ text, spot }) => optionLineOf(text.slice(2), spot, group))
  const release = options.release ?? tag
  const main = { file: path, text: '' }
  const given = { lines, groups: [group], flaws, notRead: [], main }
  const imported = importOptions(
    path,
    given,
    release === undefined ? options : { ...options, release },
  )
  if (!imported.ok) return imported
  const { annotated } = imported
  annotated.headerComment = [
    ...annotated.headerComment,
    `Service ${name}: what its command sets. A configuration file in the image or a volume is not known.`,
  ]
  return imported
}

/** Docker lets a container use huge pages of the host: only the memory is limited. */
function containerOf(
  name: string,
  node: YamlMap,
): { readonly container: Container; readonly flaws: readonly ImportFlaw[] } {
  const limit =
    amountAt(node, ['deploy', 'resources', 'limits', 'memory'], readComposeSize) ??
    amountAt(node, ['mem_limit'], readComposeSize)
  const flaws = limit !== undefined && 'message' in limit ? [limit] : []
  const amount = limit === undefined || 'message' in limit ? {} : { limit }
  return { container: { name, ...amount, hugepages: [], isStrict: false }, flaws }
}

/** Variables of Bitnami's image, which writes them into its configuration. */
const variables: ReadonlyMap<string, string> = new Map([
  ['POSTGRESQL_MAX_CONNECTIONS', 'max_connections'],
  ['POSTGRESQL_SHARED_PRELOAD_LIBRARIES', 'shared_preload_libraries'],
])

/** `environment` as a mapping, or a list of `NAME=value`. */
function environmentLines(node: YamlNode | undefined): readonly GucLine[] {
  if (node?.kind === 'map') {
    return [...node.entries].flatMap(([key, { key: nameSpot, node: value }]) => {
      const name = variables.get(key)
      const text = textOf(value)
      if (name === undefined || text === undefined) return []
      return [{ name, nameSpot, value: text, valueSpot: value.spot }]
    })
  }
  return (node?.kind === 'list' ? node.items : []).flatMap((item) => {
    const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(textOf(item) ?? '') ?? []
    const name = variables.get(key)
    return name === undefined ? [] : [{ name, nameSpot: item.spot, value, valueSpot: item.spot }]
  })
}
