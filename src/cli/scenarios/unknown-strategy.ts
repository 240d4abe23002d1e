import { nearest } from '../../scenario/yaml/suggest.ts'

/** What is wrong with a strategy that was asked for; `undefined` where it is one of those known. */
export function unknownStrategy(
  strategy: string | undefined,
  known: readonly string[],
): string | undefined {
  return strategy === undefined || known.includes(strategy)
    ? undefined
    : noSuchStrategy(strategy, known)
}

/** That a strategy is unknown, and what to write instead. */
export function noSuchStrategy(strategy: string, known: readonly string[]): string {
  const near = nearest(strategy, known)
  const hint = near === undefined ? `strategies are ${known.join(', ')}` : `did you mean ${near}?`
  return `strategy ${strategy} is unknown; ${hint}`
}
