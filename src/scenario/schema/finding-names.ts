import { findingIds } from '../../workload/finding-ids.ts'
import { nearest } from '../yaml/suggest.ts'

/** What is said about waivers is not to be waived. */
const ids: ReadonlyMap<string, string> = new Map(
  Object.entries(findingIds)
    .filter(([kind]) => !kind.startsWith('waiver-'))
    .flatMap(([kind, id]) => [
      [id, id],
      [kind, id],
    ]),
)

/** True for the id of a finding that can be waived, or its kind. */
export function isFindingName(name: string): boolean {
  return ids.has(name)
}

/** The id that is meant by an id or a kind. */
export function findingIdOf(name: string): string {
  return ids.get(name) ?? name
}

export function suggestFinding(written: string): { readonly suggestion?: string } {
  const near = nearest(written, [...ids.keys()])
  return near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }
}
