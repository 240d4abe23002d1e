import { nearest } from '../scenario/yaml/suggest.ts'
import type { LocatedFlaw, Spot } from '../scenario/yaml/yaml-tree.ts'

/** A name that the program which reads the file does not have. */
export interface UnknownName {
  /** As the file has it. */
  readonly written: string
  readonly spot: Spot
  /** What was most likely meant; absent where no name is near. */
  readonly near?: string
}

/**
 * The name that a misspelt one most likely means. `undefined` if it is used, if the program has it as
 * well, or if no name is near.
 * @param others names that are spelt much like those used, and mean something else.
 */
export function misspelt(
  name: string,
  used: readonly string[],
  others: ReadonlySet<string>,
): string | undefined {
  return others.has(name) || used.includes(name) ? undefined : nearest(name, used)
}

/**
 * The flaw of a line that the program would not start with.
 * @param owner what has no such name, and what it calls one: `Oracle has no parameter`.
 */
export function flawOfName(
  { written, spot, near }: UnknownName,
  owner: string,
  expected: string,
): LocatedFlaw {
  return {
    message: `${owner} \`${written}\``,
    expected,
    ...(near === undefined ? {} : { suggestion: `did you mean \`${near}\`?` }),
    spot,
  }
}
