import type { World } from '../machine/world.ts'

/** Files, and texts that select some of their numbers. */
export interface Operands {
  readonly files: readonly string[]
  readonly wanted: readonly string[]
}

/** What follows the first file, is no file and does not look like one, selects numbers by their name. */
export function separated(operands: readonly string[], world: World): Operands {
  const selects = (operand: string, index: number): boolean =>
    index > 0 &&
    operand !== '-' &&
    !/[/*?]|[.](yaml|yml|json)$/.test(operand) &&
    typeof world.examine(operand) !== 'string'
  return {
    files: operands.filter((operand, index) => !selects(operand, index)),
    wanted: operands.filter(selects),
  }
}
