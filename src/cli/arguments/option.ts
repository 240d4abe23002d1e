import type { Command } from '../output/formats.ts'

/** A command line that cannot be obeyed. The message is for the person who typed it. */
export class UsageError extends Error {}

/** What may be written as the argument of an option: help lists it and shells complete it. */
export type Argument =
  | { readonly kind: 'none' }
  /** Numbers, sizes and names that only the user knows. */
  | { readonly kind: 'free' }
  | { readonly kind: 'words'; readonly words: (command: Command) => readonly string[] }
  /** One or several of the words, with commas between them. */
  | { readonly kind: 'list'; readonly words: readonly string[] }
  /** Files whose names end so, `.json`; every file where there are no ends. */
  | { readonly kind: 'file'; readonly endings: (command: Command) => readonly string[] }
  /** `groups.clients.processes=3000`. */
  | { readonly kind: 'setting' }
  | { readonly kind: 'strategy' }

/** All that the program knows of an option: how it is written, what it does, how it is read. */
export interface OptionDeclaration<Value> {
  /** As help shows it: `-q, --quiet`, `--max-risk LEVEL`. */
  readonly flags: string
  /** What the option does; help puts the words behind it that its argument can be. */
  readonly help: string | ((command: Command) => string)
  readonly argument: Argument
  readonly commands: readonly Command[]
  readonly isRepeatable: boolean
  /**
   * The value of what was typed, a text each time that the option was given.
   * @throws UsageError where it is no value of this option.
   */
  readonly read: (texts: readonly string[]) => Value
}

type Described = Pick<OptionDeclaration<unknown>, 'flags' | 'help' | 'commands'>

/** An option with an argument: `free` unless it says more. */
type WithArgument<Value> = Described & {
  readonly argument?: Argument
  readonly read: (text: string, name: string) => Value
}

/** An option without an argument. */
export function flag(described: Described): OptionDeclaration<true> {
  return { ...described, argument: { kind: 'none' }, isRepeatable: false, read: () => true }
}

/** An option with one value; of several the last counts. */
export function single<Value>(described: WithArgument<Value>): OptionDeclaration<Value> {
  const name = longName(described.flags)
  return {
    argument: { kind: 'free' },
    ...described,
    isRepeatable: false,
    read: (texts) => described.read(texts.at(-1) ?? '', name),
  }
}

/** An option whose value is one of some words. */
export function choice<Word extends string>(
  described: Described & { readonly words: readonly Word[] },
): OptionDeclaration<Word> {
  const { words, ...rest } = described
  return single({ ...rest, argument: wordsOf(words), read: oneOf(words) })
}

/** An option that may be given several times. */
export function repeatable<Value>(
  described: WithArgument<Value>,
): OptionDeclaration<readonly Value[]> {
  const name = longName(described.flags)
  return {
    argument: { kind: 'free' },
    ...described,
    isRepeatable: true,
    read: (texts) => texts.map((text) => described.read(text, name)),
  }
}

/** An option whose value is some of the words, with commas between them; given again, both count. */
export function list<Word extends string>(
  described: Described & { readonly words: readonly Word[] },
): OptionDeclaration<readonly Word[]> {
  const { words, ...rest } = described
  const read = oneOf(words)
  const name = longName(described.flags)
  return {
    ...rest,
    argument: { kind: 'list', words },
    isRepeatable: false,
    read: (texts) => texts.flatMap((typed) => typed.split(',').map((word) => read(word, name))),
  }
}

/** An argument that is one of the same words for every command. */
export function wordsOf(words: readonly string[]): Argument {
  return { kind: 'words', words: () => words }
}

/** What help says of an option: what it does, the words it takes, and whether it may be repeated. */
export function helpText(option: OptionDeclaration<unknown>, command: Command): string {
  const { help, argument, isRepeatable } = option
  const text = typeof help === 'string' ? help : help(command)
  return `${text}${wordsIn(argument, command)}${isRepeatable ? '; repeatable' : ''}`
}

function wordsIn(argument: Argument, command: Command): string {
  if (argument.kind === 'words') return ` (${argument.words(command).join(', ')})`
  return argument.kind === 'list' ? ` (${argument.words.join(', ')})` : ''
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
function oneOf<Word extends string>(words: readonly Word[]): (typed: string, name: string) => Word {
  return (typed, name) => {
    const word = words.find((candidate) => candidate === typed)
    if (word === undefined) throw invalid(name, typed, enumeration(words))
    return word
  }
}

/**
 * Where the path of `PATH=VALUE` ends: at the first `=` that is not in the quotes of a name, as it is in
 * `regions["a=b"].size`. Below 0 where there is none.
 */
export function endOfPath(typed: string): number {
  for (const { 0: found, index } of typed.matchAll(/\["(?:[^"\\]|\\.)*"\]|=/gs)) {
    if (found === '=') return index
  }
  return -1
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
