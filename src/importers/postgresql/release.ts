import type { Library } from '../library.ts'
import { folderOf } from '../library.ts'
import type { Release } from './structures.ts'
import { releases } from './structures.ts'

/** Which PostgreSQL the configuration is for, as far as anyone knows. */
export interface KnownRelease {
  /** Whose rules are applied: the nearest that is known. */
  readonly rules: Release
  /** The release as such; absent where nobody says. */
  readonly major?: number
  /** Who says so. */
  readonly source?: string
  /** It may have parameters that none of the known releases has. */
  readonly isNewer: boolean
}

/**
 * The release by what the user says, by PG_VERSION in the data directory, or by a path that has it,
 * as `/etc/postgresql/16/main/` on Debian.
 */
export function releaseOf(
  path: string,
  dataFolder: string,
  library: Library,
  wished?: string,
): KnownRelease {
  if (wished !== undefined) return known(Number.parseInt(wished, 10), '--release')
  const version = `${dataFolder}PG_VERSION`
  const file = library.read(version)
  if (file.ok && /^\d{1,3}\s*$/.test(file.text)) return known(Number(file.text), version)
  const place = /(?:postgresql|pgsql|postgres)[/-](\d{2})\//.exec(`${folderOf(path)} ${dataFolder}`)
  if (place !== null) return known(Number(place[1]), 'a path of the configuration')
  return { rules: newest, isNewer: false }
}

const oldest: Release = releases[0]
const newest: Release = releases[3]

function known(major: number, source: string): KnownRelease {
  const rules = releases.find((release) => release === major) ?? (major < oldest ? oldest : newest)
  return { rules, major, source, isNewer: major > newest }
}
