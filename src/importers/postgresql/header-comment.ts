import { placeText } from '../place.ts'
import type { UnknownName } from '../unknown-name.ts'
import type { Settings } from './guc/settings.ts'
import { firstWithHugePages } from './region.ts'
import type { KnownRelease } from './release.ts'
import { newestNamed } from './release.ts'
import type { SharedMemory } from './shared-memory.ts'

/**
 * Sentences that open the scenario: what it was made from, by which rules, and what is not in it.
 * @param unknown names that are left to a release which may have them.
 */
export function headerComment(
  path: string,
  settings: Settings,
  release: KnownRelease,
  memory: SharedMemory,
  unknown: readonly UnknownName[],
): readonly string[] {
  const { rules, major, series, source } = release
  return [
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. What it does not say is listed under assumed.`,
    ...(major === undefined
      ? [
          `No file says which release it is: the rules of PostgreSQL ${rules}. --release says another.`,
        ]
      : [`PostgreSQL ${series}: ${source}.`]),
    ...(major === undefined || major === rules
      ? []
      : [`The rules of PostgreSQL ${rules} stand in for it, so the shared memory is an estimate.`]),
    ...(settings.ofForks.length === 0 ? [] : [ofForks(settings, rules)]),
    ...(settings.release < firstWithHugePages
      ? [
          `Huge pages need PostgreSQL ${firstWithHugePages} or later: upgrade, then import the new configuration.`,
        ]
      : []),
    ...ofLibraries(memory),
    ...unknown.map(
      ({ written, spot, near }) =>
        `Not known to PostgreSQL ${newestNamed}, and not looked at: ${written} (${placeText(spot)})${near === undefined ? '' : `; ${near} would be`}.`,
    ),
    ...(settings.release < 12
      ? []
      : ['The size counts GSSAPI and TLS, with which distributions build the server.']),
    ...(settings.release < 9.6
      ? []
      : [
          'Not counted: dynamic shared memory of parallel queries beyond min_dynamic_shared_memory.',
        ]),
  ]
}

function ofLibraries({ libraries }: SharedMemory): readonly string[] {
  const unknown = libraries.filter(({ workers }) => workers === undefined)
  if (unknown.length === 0) return []
  const shown = unknown.slice(0, 20).map(({ name }) => name)
  const more = unknown.length - shown.length
  const names = [...shown, ...(more === 0 ? [] : [`${more} more`])].join(', ')
  return [`Not known, and not counted: background workers of ${names}.`]
}

function ofForks({ ofForks: lines }: Settings, rules: number): string {
  const listed = lines.map(({ name, nameSpot }) => `${name} (${placeText(nameSpot)})`).join(', ')
  return `Of a server made from PostgreSQL, and not looked at: ${listed}. The rules of PostgreSQL ${rules} stand in for it, so the shared memory is an estimate.`
}
