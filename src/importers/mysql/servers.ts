/** Which servers there may be, by what the user says of the release. */
export interface Servers {
  readonly isMysqlPossible: boolean
  readonly isMariaPossible: boolean
  /** MySQL up to 5.6 took the beginning of a name for the whole; MariaDB does. */
  readonly isEarlyMysqlPossible: boolean
  /** MySQL since 8.0, whose server can size its buffer pool by itself. */
  readonly isLateMysqlPossible: boolean
}

/** Up to 5.5 the numbers may be those of both; 5.6 to 9 are of MySQL, and since 10 all are of MariaDB. */
export function serversOf(release: string | undefined): Servers {
  if (release === undefined) return { ...mysql, isMariaPossible: true }
  const [major = 0, minor] = release.split('.').map(Number)
  if (major >= 10) {
    return {
      isMysqlPossible: false,
      isMariaPossible: true,
      isEarlyMysqlPossible: false,
      isLateMysqlPossible: false,
    }
  }
  const isFive = major === 5
  return {
    isMysqlPossible: true,
    isMariaPossible: isFive && (minor ?? 0) <= 5,
    isEarlyMysqlPossible: major < 5 || (isFive && (minor ?? 0) <= 6),
    isLateMysqlPossible: major >= 8,
  }
}

const mysql = { isMysqlPossible: true, isEarlyMysqlPossible: true, isLateMysqlPossible: true }
