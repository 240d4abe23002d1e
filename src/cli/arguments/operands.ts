import type { World } from '../machine/world.ts'

/** Files, and texts that select some of their numbers. */
export interface Operands {
  readonly files: readonly string[]
  readonly texts: readonly string[]
}

/** An operand after the first that is no file and does not look like one selects numbers by name. */
export function splitOperands(operands: readonly string[], world: World): Operands {
  const selects = (operand: string, index: number): boolean =>
    index > 0 &&
    operand !== '-' &&
    !/[/*?]|[.](yaml|yml|json|ndjson|jsonl)$/.test(operand) &&
    typeof world.kindOf(operand) !== 'string'
  return {
    files: operands.filter((operand, index) => !selects(operand, index)),
    texts: operands.filter(selects),
  }
}
