import type { OptionDeclaration } from './option.ts'
import { invalid, single } from './option.ts'

/** Options for scenarios some of whose values are ranges. */
export interface RangeFlags {
  /** Sets of values that are planned where chances are sampled. */
  readonly samples?: number
  /** What they are drawn by. */
  readonly seed?: number
}

export const rangeOptions: {
  readonly [Name in keyof RangeFlags]-?: OptionDeclaration<NonNullable<RangeFlags[Name]>>
} = {
  samples: single({
    flags: '--samples N',
    help: 'plan N samples of the ranges { p50, p95 } of the scenario; default: 1024',
    commands: ['plan', 'check', 'explain'],
    read: (typed, name) => wholeNumber(typed, name, 16, mostSamples),
  }),
  seed: single({
    flags: '--seed N',
    help: 'draw these samples by seed N; default: 1',
    commands: ['plan', 'check', 'explain'],
    read: (typed, name) => wholeNumber(typed, name, 0, mostSeed),
  }),
}

/** Where nothing else is asked for. */
export const usualSampling = { samples: 1024, seed: 1 } as const

const mostSamples = 1_000_000
const mostSeed = 2 ** 32 - 1

function wholeNumber(typed: string, name: string, least: number, most: number): number {
  const value = /^[0-9]{1,10}$/.test(typed) ? Number(typed) : -1
  if (value >= least && value <= most) return value
  throw invalid(name, typed, `a whole number from ${least} to ${most}`)
}
