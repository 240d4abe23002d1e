import type { LocatedFlaw, Source, Spot } from '../../scenario/yaml/yaml-tree.ts'
import { placeText } from '../place.ts'
import type { Servers } from './servers.ts'
import { serversOf } from './servers.ts'

/** Who reads a group. `instance`: one of several servers of mysqld_multi, or with a suffix of its own. */
type Reader = 'all' | 'maria' | 'cluster' | 'instance' | 'none'

/** A group of an option file that a server reads, or that looks so: `[mysqld-8.0]`. */
export interface Group {
  readonly name: string
  /** Release series that alone reads it: `8.0`. */
  readonly series?: string
  readonly reader: Reader
  readonly spot: Spot
}

/** `undefined` for a group that is plainly of something else, as of a client. */
export function groupOf(heading: string, spot: Spot): Group | undefined {
  const name = heading.trim().toLowerCase()
  const reader = readers.find(({ names }) => names.test(name))?.reader
  if (reader === undefined) return undefined
  const series = /^(?:mysqld|mariadbd?)-(\d{1,4}[.]\d{1,4})$/.exec(name)?.[1]
  return { name, ...(series === undefined ? {} : { series }), reader, spot }
}

/**
 * load_default_groups of sql/mysqld.cc, in MySQL and MariaDB; scripts/mysqld_multi.sh and
 * --defaults-group-suffix; the last look as if a server read them.
 */
const readers: readonly { readonly names: RegExp; readonly reader: Reader }[] = [
  { reader: 'all', names: /^(?:server|mysqld(?:-\d{1,4}[.]\d{1,4})?)$/ },
  { reader: 'maria', names: /^(?:client-server|galera|mariadbd?(?:-\d{1,4}[.]\d{1,4})?)$/ },
  { reader: 'cluster', names: /^mysql_cluster$/ },
  { reader: 'instance', names: /^(?:mysqld|mariadbd?|server)(?:\d+|[@.].*)$/ },
  {
    reader: 'none',
    names:
      /^(?:(?:mysqld|mariadbd?|server|client-server|galera)[-_]?\d.*|(?:mysqld?|mariadbd?)[-_]server)$/,
  },
]

/** Which groups the server reads. */
export interface Choice {
  readonly isRead: (group: Group) => boolean
  /** The series whose groups are read; absent where no file names one. */
  readonly series?: string
  /** What the user should know about it, in sentences. */
  readonly remarks: readonly string[]
}

/**
 * A server reads groups without a series and those of its own. Without a release that is the newest
 * series which the files name.
 * @param release what the user says the server is: `8.0.36`.
 */
export function chooseGroups(groups: readonly Group[], release: string | undefined): Choice {
  const [major, minor] = (release ?? '').split('.')
  const named = [...new Set(groups.flatMap(({ series }) => series ?? []))].toSorted(bySeries)
  const possible =
    minor === undefined
      ? named.filter((one) => release === undefined || one.startsWith(`${major}.`))
      : [`${major}.${minor}`]
  const series = possible.at(-1)
  const servers = serversOf(release)
  const isMaria = !servers.isMysqlPossible || nameMariaDb(groups)
  const isReadBy = ({ reader, name }: Group) =>
    reader === 'all' ||
    (reader === 'maria' && servers.isMariaPossible && (isMaria || name.startsWith('mariadb')))
  const isRead = (group: Group) =>
    isReadBy(group) && (group.series === undefined || group.series === series)
  return {
    isRead,
    ...(series === undefined ? {} : { series }),
    remarks: [
      ...(minor === undefined && series !== undefined ? [guessed(series, possible.length)] : []),
      ...remarksOn(groups, isRead, servers),
    ],
  }
}

/** Whether files of an unknown release are of MariaDB: they name it, or have nothing for MySQL. */
export function nameMariaDb(groups: readonly Group[]): boolean {
  const isNamed = ({ name, series }: Group) =>
    name.startsWith('mariadb') || !serversOf(series).isMysqlPossible
  return groups.some(isNamed) || groups.every(({ reader }) => /^(?:maria|none)$/.test(reader))
}

function bySeries(left: string, right: string): number {
  const [a = 0, b = 0] = left.split('.').map(Number)
  const [c = 0, d = 0] = right.split('.').map(Number)
  return a - c || b - d
}

function guessed(series: string, count: number): string {
  const which = count === 1 ? 'the only series named' : 'the newest series named'
  return `Groups of ${series} are read, ${which} (override with --release).`
}

/** Groups that are read or not without anyone having said so, by the reason. */
function remarksOn(
  groups: readonly Group[],
  isRead: Choice['isRead'],
  { isMariaPossible, isMysqlPossible }: Servers,
): readonly string[] {
  const left = groups.filter((group) => !isRead(group))
  const isOf = (reader: Reader) => (group: Group) => group.reader === reader
  const isGuess = ({ reader, series, name }: Group) =>
    reader === 'maria' &&
    series === undefined &&
    !name.startsWith('mariadb') &&
    isMariaPossible &&
    isMysqlPossible
  const isOther = (group: Group) =>
    !(isGuess(group) || isOf('instance')(group) || isOf('none')(group))
  return [
    ...listed('Read, as only MariaDB does', groups.filter(isRead).filter(isGuess)),
    ...listed('Ignored, because other servers read them', left.filter(isOther)),
    ...listed(
      'Ignored, because only MariaDB reads them (--release 10.11 or another MariaDB release includes them)',
      left.filter(isGuess),
    ),
    ...listed(
      'Ignored, because each belongs to one of several servers',
      left.filter(isOf('instance')),
    ),
    ...listed('Ignored, because no server reads groups of these names', left.filter(isOf('none'))),
  ]
}

function listed(before: string, groups: readonly Group[]): readonly string[] {
  return groups.length === 0 ? [] : [`${before}: ${groups.map(shown).join(', ')}.`]
}

function shown({ name, spot }: Group): string {
  return `[${name}] (${placeText(spot)})`
}

/** What is wrong with files that have nothing for the server: they are most likely of something else. */
export function nothingRead(
  groups: readonly Group[],
  release: string | undefined,
  main: Source,
): LocatedFlaw {
  const instance = groups.find(({ reader }) => reader === 'instance')
  const message = 'the file has no group that the server reads'
  const expected = '`[mysqld]`, `[server]` or `[mariadb]`'
  if (instance !== undefined) {
    return {
      message: `${message}: \`[${instance.name}]\` belongs to one of several servers of mysqld_multi`,
      expected,
      suggestion: 'copy the settings of one of them to a separate file, below `[mysqld]`',
      spot: instance.spot,
    }
  }
  const other = groups.find(({ reader }) => reader === 'all' || reader === 'maria')
  return {
    message:
      other === undefined
        ? message
        : `${message}: \`[${other.name}]\` is for a release other than ${release}`,
    expected,
    spot: other?.spot ?? { source: main, offset: 0 },
  }
}
