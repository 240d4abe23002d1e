import { choicesOf } from './choices.ts'
import type { Input } from './input.ts'
import { outcomeOf } from './input.ts'
import { brokenPromises, schemaFaults } from './judge.ts'
import type { Target } from './targets/target.ts'

/** An input that broke promises. */
export interface Failure {
  readonly index: number
  readonly input: Input
  readonly broken: readonly string[]
}

/**
 * What is wrong with the outcome of an input; empty where nothing is.
 * @param isThorough whether it also runs a second time, and is held against the schema of results.
 */
export async function judged(
  target: Target,
  input: Input,
  isThorough: boolean,
): Promise<readonly string[]> {
  const outcome = await outcomeOf(input)
  const broken = [
    ...brokenPromises(input, outcome),
    ...(target.brokenPromises?.(input, outcome) ?? []),
  ]
  if (!isThorough) return broken
  const again = JSON.stringify(await outcomeOf(input)) === JSON.stringify(outcome)
  return [
    ...broken,
    ...(target.passesOn ? [] : schemaFaults(input, outcome)),
    ...(again ? [] : ['a second run answers otherwise']),
  ]
}

/** One input in so many is judged thoroughly. */
const thoroughEvery = 16

/** Draws inputs and judges each, from a number on, as long as `goOn` says so. */
export async function* fuzz(
  target: Target,
  seed: number,
  from: number,
  goOn: (index: number) => boolean,
): AsyncGenerator<Failure, void> {
  for (let index = from; goOn(index); index += 1) {
    const input = target.draw(choicesOf(seed, index))
    const broken = await judged(target, input, index % thoroughEvery === 0)
    if (broken.length > 0) yield { index, input, broken }
  }
}
