import type { LocatedFlaw, Source, Spot } from '../../scenario/yaml-tree.ts'
import { placeOf } from '../remarks.ts'

/** A group of an option file that some server reads: `[mysqld-8.0]`. */
export interface Group {
  readonly name: string
  /** Release series that alone reads it: `8.0`. */
  readonly series?: string
  /** Of MariaDB only. */
  readonly isMaria: boolean
  readonly spot: Spot
}

/** `undefined` for a group that no server reads: load_default_groups of mysqld.cc, in MySQL and MariaDB. */
export function groupOf(heading: string, spot: Spot): Group | undefined {
  const name = heading.trim().toLowerCase()
  const match = /^(?:server|(?:mysqld|mariadbd?)(?:-(\d{1,4}[.]\d{1,4}))?)$/.exec(name)
  if (match === null) return undefined
  const [, series] = match
  const isMaria = name.startsWith('mariadb')
  return { name, ...(series === undefined ? {} : { series }), isMaria, spot }
}

/** Which groups the server reads. */
export interface Choice {
  readonly isRead: (group: Group) => boolean
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
  const isOfMysql = release !== undefined && isMysql(Number(major))
  const isRead = (group: Group) =>
    (group.series === undefined || group.series === series) && !(group.isMaria && isOfMysql)
  const left = groups.filter((group) => !isRead(group))
  return {
    isRead,
    remarks: [
      ...(minor === undefined && series !== undefined ? [guessed(series, possible.length)] : []),
      ...(left.length > 0
        ? [`Not read, being of other servers: ${left.map(shown).join(', ')}.`]
        : []),
    ],
  }
}

/** Since series 10 the numbers are those of MariaDB; up to 5.5 both have them. */
function isMysql(major: number): boolean {
  return major > 5 && major < 10
}

function bySeries(left: string, right: string): number {
  const [a = 0, b = 0] = left.split('.').map(Number)
  const [c = 0, d = 0] = right.split('.').map(Number)
  return a - c || b - d
}

function guessed(series: string, count: number): string {
  const which = count === 1 ? 'the only series that is named' : 'the newest series that is named'
  return `Groups of ${series} are read, ${which}. --release ${series} or another says which it is.`
}

function shown({ name, spot }: Group): string {
  return `[${name}] (${placeOf(spot)})`
}

/** What is wrong with files that have nothing for the server: they are most likely of something else. */
export function nothingRead(
  groups: readonly Group[],
  release: string | undefined,
  main: Source,
): LocatedFlaw {
  const [first] = groups
  return {
    message:
      first === undefined
        ? 'there is no group that the server reads'
        : `there is no group that the server reads: \`[${first.name}]\` is for another release than ${release}`,
    expected: '`[mysqld]`, `[server]` or `[mariadb]`',
    spot: first?.spot ?? { source: main, offset: 0 },
  }
}
