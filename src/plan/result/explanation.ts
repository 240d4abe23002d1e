/** One number of a result, derived: the formula, the numbers put in, the answer with its unit. */
export interface Explanation {
  /** Path of the number in the result, as `strategies.base-pages.pageTables.bytes`. */
  readonly path: string
  /** What the number is, in a few words of the field. */
  readonly meaning: string
  /** In symbols, as `ceil((A + S) / reach) − floor(A / reach)`. */
  readonly formula: string
  /** The formula with numbers, as `307,200 · 4,096`. */
  readonly substituted: string
  readonly value: number
  readonly unit: string
  /** Where the rule comes from. */
  readonly source: string
}

/** A group in a path; later parts of a group that is planned in parts are numbered. */
export function groupInPath(groups: readonly { readonly name: string }[], index: number): string {
  const name = groups[index]?.name ?? ''
  const part = groups.slice(0, index + 1).filter((group) => group.name === name).length
  return part > 1 ? `${name}#${part}` : name
}
