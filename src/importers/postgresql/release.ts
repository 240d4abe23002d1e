import type { Library } from '../library.ts'
import { folderOf } from '../library.ts'
import type { Release } from './structures.ts'
import { releases } from './structures.ts'

/** Which PostgreSQL the configuration is for, as far as it is known. */
export interface KnownRelease {
  /** Release whose rules apply: the nearest that was measured. */
  readonly rules: Release
  /** Release whose defaults apply: 9.6, 18. */
  readonly defaults: number
  /** The release as such; absent if unknown. */
  readonly major?: number
  /** The same as people write it: up to 9 a series has two numbers, `9.6`. */
  readonly series?: string
  /** Where it was found. */
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
  given?: string,
): KnownRelease {
  if (given !== undefined) return known(given, '--release')
  const version = `${dataFolder}PG_VERSION`
  const file = library.read(version)
  if (file.ok && /^\d{1,3}(?:[.]\d{1,2})?\s*$/.test(file.text)) {
    return known(file.text.trim(), version)
  }
  const folders = `${folderOf(path)} ${dataFolder}`
  const place = /(?:postgresql|pgsql|postgres)[/-](\d{2}|9[.]\d)\//.exec(folders)?.[1]
  if (place !== undefined) return known(place, 'a path of the configuration')
  return { rules: newest, defaults: newest, isNewer: false }
}

const oldest: Release = releases[0]
/** The newest whose shared memory is known to the byte. */
export const newest: Release = releases[3]
/** Its parameters and their defaults are known, its structures are not. */
export const newestNamed = 19

/** What is known of a release that a file states: `16`, `16.3`, `9.6`. */
export function releaseStated(
  written: string | undefined,
  source: string,
  given: string | undefined,
): KnownRelease {
  if (given !== undefined) return known(given, '--release')
  const number = /^\s*(\d{1,3}(?:[.]\d{1,3})*)/.exec(written ?? '')?.[1]
  if (number === undefined) return { rules: newest, defaults: newest, isNewer: false }
  return known(number, source)
}

function known(written: string, source: string): KnownRelease {
  const [first = '', ...minor] = written.split('.')
  const major = Number.parseInt(first, 10)
  const series = [String(major), ...(major < 10 ? minor.slice(0, 1) : [])].join('.')
  const rules = releases.find((release) => release === major) ?? (major < oldest ? oldest : newest)
  return { rules, defaults: Number(series), major, series, source, isNewer: major > newestNamed }
}
