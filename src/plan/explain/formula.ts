import { formatCount, formatDecimal } from '../../units/format.ts'
import type { Explanation } from '../result/explanation.ts'

/** A number as put into a formula: whole numbers exactly, expectations to six decimals. */
export function put(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatDecimal(value, 6)
}

/** `a + b + …` with numbers; a lone term as it is; nothing at all is 0. */
export function putSum(terms: readonly string[]): string {
  return terms.length === 0 ? '0' : terms.join(' + ')
}

/** `n · m`, or just `m` where n is 1 and says nothing. */
export function putProduct(factor: number, of: number): string {
  return `${put(factor)} · ${put(of)}`
}

/** A number that is added up from named lines. */
export function added(
  path: string,
  meaning: string,
  formula: string,
  terms: readonly string[],
  value: number,
  unit: string,
  source: string,
): Explanation {
  return { path, meaning, formula, substituted: putSum(terms), value, unit, source }
}

/** Explains one number of a pool. */
export type PoolNumber = (
  key: string,
  meaning: string,
  formula: string,
  substituted: string,
  value: number,
  source?: string,
) => Explanation

/**
 * Explains the numbers of one pool, counts of its pages.
 * @param path of the pool in the result.
 * @param unit ends every meaning.
 * @param usual the source where a number names none.
 */
export function numbersOfPool(path: string, unit: string, usual: string): PoolNumber {
  return (key, meaning, formula, substituted, value, source = usual) => ({
    path: `${path}.${key}`,
    meaning: `${meaning}, ${unit}`,
    formula,
    substituted,
    value,
    unit: 'pages',
    source,
  })
}
