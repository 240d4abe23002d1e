import type { Command } from '../output/formats.ts'

/** A command line that cannot be obeyed. The message is for the person who typed it. */
export class UsageError extends Error {}

/** All that the program knows of an option: how it is written, what it does, how it is read. */
export interface OptionDeclaration<Value> {
  /** As help shows it: `-q, --quiet`, `--max-risk LEVEL`. */
  readonly flags: string
  readonly help: string | ((command: Command) => string)
  readonly commands: readonly Command[]
  readonly isRepeatable: boolean
  /**
   * The value of what was typed, a text each time that the option was given.
   * @throws UsageError where it is no value of this option.
   */
  readonly read: (texts: readonly string[]) => Value
}

type Described = Pick<OptionDeclaration<unknown>, 'flags' | 'help' | 'commands'>

/** An option without an argument. */
export function flag(described: Described): OptionDeclaration<true> {
  return { ...described, isRepeatable: false, read: () => true }
}

/** An option with one value; of several the last counts. */
export function single<Value>(
  described: Described & { readonly read: (text: string, name: string) => Value },
): OptionDeclaration<Value> {
  const name = longName(described.flags)
  return {
    ...described,
    isRepeatable: false,
    read: (texts) => described.read(texts.at(-1) ?? '', name),
  }
}

/** An option that may be given several times. */
export function repeatable<Value>(
  described: Described & { readonly read: (text: string, name: string) => Value },
): OptionDeclaration<readonly Value[]> {
  const name = longName(described.flags)
  return {
    ...described,
    isRepeatable: true,
    read: (texts) => texts.map((text) => described.read(text, name)),
  }
}

/** `--max-risk` of `--max-risk LEVEL`. */
export function longName(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags
}

/** Any text but an empty one. */
export function text(typed: string, name: string): string {
  if (typed !== '') return typed
  throw new UsageError(`${name} is empty; write a value`)
}

/** One of some words. */
export function oneOf<Word extends string>(
  words: readonly Word[],
): (typed: string, name: string) => Word {
  return (typed, name) => {
    const word = words.find((candidate) => candidate === typed)
    if (word === undefined) throw invalid(name, typed, enumeration(words))
    return word
  }
}

/** A value that the option cannot have, and what to write in its place. */
export function invalid(name: string, typed: string, write: string): UsageError {
  return new UsageError(`${name} ${typed} is invalid; write ${write}`)
}

/** `safe, tight or swapping`. */
export function enumeration(words: readonly string[], joint: 'and' | 'or' = 'or'): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joint} ${last}`
}
