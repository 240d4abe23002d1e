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
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. Values that it does not state are listed under assumed.`,
    ...(major === undefined
      ? [`PostgreSQL release not found; assuming ${rules} (override with --release).`]
      : [`PostgreSQL ${series}: ${source}.`]),
    ...(major === undefined || major === rules
      ? []
      : [
          `The rules of PostgreSQL ${rules} are used instead, so the shared memory is an estimate.`,
        ]),
    ...(settings.ofForks.length === 0 ? [] : [ofForks(settings, rules)]),
    ...(settings.release < firstWithHugePages
      ? [
          `Huge pages need PostgreSQL ${firstWithHugePages} or later: upgrade, then import the new configuration.`,
        ]
      : []),
    ...ofLibraries(memory),
    ...unknown.map(
      ({ written, spot, near }) =>
        `Ignored, because PostgreSQL ${newestNamed} does not have it: ${written} (${placeText(spot)})${near === undefined ? '' : `; perhaps ${near} was meant`}.`,
    ),
    ...(settings.release < 12
      ? []
      : ['The size includes GSSAPI and TLS, as distributions build the server.']),
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
  return [`Not counted, because their number is unknown: background workers of ${names}.`]
}

function ofForks({ ofForks: lines }: Settings, rules: number): string {
  const listed = lines.map(({ name, nameSpot }) => `${name} (${placeText(nameSpot)})`).join(', ')
  return `Ignored settings of a server derived from PostgreSQL: ${listed}. The rules of PostgreSQL ${rules} are used instead, so the shared memory is an estimate.`
}
