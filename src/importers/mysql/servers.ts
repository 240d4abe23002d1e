/** Which servers there may be, by what the user says of the release. */
export interface Servers {
  readonly isMysqlPossible: boolean
  readonly isMariaPossible: boolean
  /** MySQL up to 5.6 took the beginning of a name for the whole; MariaDB does. */
  readonly isEarlyMysqlPossible: boolean
  /** MySQL since 8.0, whose server can size its buffer pool by itself. */
  readonly isLateMysqlPossible: boolean
  /** Absent: unknown, and the rules of MySQL 8.0 apply. */
  readonly release?: string
  /** The options suggest it: it may be an older one, or MariaDB. */
  readonly isAssumed?: true
}

/** The first series that MySQL names after the year: 26.7.0 of July 2026 follows 9.7. */
const firstCalendarYear = 26

/**
 * Up to 5.5 the numbers may be those of both; 5.6 to 9 and from 26 on they are of MySQL, those between of
 * MariaDB, whose Enterprise Server had 23.
 */
export function serversOf(release: string | undefined): Servers {
  if (release === undefined) return { ...mysql, isMariaPossible: true }
  const [major = 0, minor] = release.split('.').map(Number)
  if (major >= 10 && major < firstCalendarYear) {
    return {
      isMysqlPossible: false,
      isMariaPossible: true,
      isEarlyMysqlPossible: false,
      isLateMysqlPossible: false,
      release,
    }
  }
  const isFive = major === 5
  return {
    isMysqlPossible: true,
    isMariaPossible: isFive && (minor ?? 0) <= 5,
    isEarlyMysqlPossible: major < 5 || (isFive && (minor ?? 0) <= 6),
    isLateMysqlPossible: major >= 8,
    release,
  }
}

const mysql = { isMysqlPossible: true, isEarlyMysqlPossible: true, isLateMysqlPossible: true }

/**
 * Whether the release is that one or a later one. Where numbers are missing it is the newest that it
 * may be, so `10.11` is since `10.11.12`.
 */
export function isSince(release: string, wanted: string): boolean {
  const numbers = release.split('.').map(Number)
  const others = wanted.split('.').map(Number)
  for (const [index, other] of others.entries()) {
    const number = numbers[index] ?? Number.POSITIVE_INFINITY
    if (number !== other) return number > other
  }
  return true
}
