import type { Choices } from '../choices.ts'
import type { Input, Outcome } from '../input.ts'

/** One door of the program. */
export interface Target {
  /** How often it is drawn, beside the others. */
  readonly share: number
  readonly draw: (choices: Choices) => Input
  /** Promises that only this door makes, and that were broken. */
  readonly brokenPromises?: (input: Input, outcome: Outcome) => readonly string[]
  /** Results that it reads it passes on, edited as they are: the schema does not bind them. */
  readonly passesOn?: true
}
