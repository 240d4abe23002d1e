import type { OptionDeclaration } from '../arguments/option.ts'
import { longName } from '../arguments/option.ts'
import { options } from '../arguments/options.ts'
import type { Command } from '../output/formats.ts'
import { commands } from '../output/formats.ts'

/** A command line under way: what is on it, and what the word at the cursor is. */
export interface TypedLine {
  /** `plan` where none is written. */
  readonly command: Command | 'help'
  readonly isImplied: boolean
  /** Words before the cursor that are neither command, option nor value. */
  readonly operands: readonly string[]
  /** Operands behind the cursor too. */
  readonly allOperands: readonly string[]
  /** Options before the cursor, by name as declared. */
  readonly given: ReadonlySet<OptionDeclaration<unknown>>
  readonly typing: Typing
}

/** The word at the cursor. `before` is the part of it that stays: `--format=`. */
export type Typing =
  | { readonly kind: 'operand'; readonly text: string }
  | { readonly kind: 'option'; readonly text: string }
  | {
      readonly kind: 'value'
      readonly option: OptionDeclaration<unknown>
      readonly before: string
      readonly text: string
    }

/** The words after the program's name, without quotes; `at` is the place of the word at the cursor. */
export function typedLine(words: readonly string[], at: number): TypedLine {
  const before = walk(words.slice(0, at))
  const typing = typingOf(words[at] ?? '', before)
  const operands = typing.kind === 'operand' ? [typing.text] : []
  const after = walk(words.slice(at + 1), before.isOver)
  const [first = '', ...rest] = before.operands
  const command = first === 'help' ? first : commands.find((one) => one === first)
  return {
    command: command ?? 'plan',
    isImplied: command === undefined,
    operands: command === undefined ? before.operands : rest,
    allOperands: [
      ...(command === undefined ? before.operands : rest),
      ...operands,
      ...after.operands,
    ],
    given: before.given,
    typing,
  }
}

interface Walked {
  readonly operands: readonly string[]
  readonly given: ReadonlySet<OptionDeclaration<unknown>>
  /** The option whose value comes next. */
  readonly waiting: OptionDeclaration<unknown> | undefined
  /** `--` was met: what follows are operands. */
  readonly isOver: boolean
}

function walk(words: readonly string[], isOver = false): Walked {
  let walked: Walked = { operands: [], given: new Set(), waiting: undefined, isOver }
  for (const word of words) walked = { ...walked, ...step(walked, word) }
  return walked
}

/** What one more word changes. */
function step({ operands, given, waiting, isOver }: Walked, word: string): Partial<Walked> {
  if (waiting !== undefined) return { waiting: undefined }
  if (isOver || !/^-./.test(word)) return { operands: [...operands, word] }
  if (word === '--') return { isOver: true }
  const { option, value } = optionIn(word)
  if (option === undefined) return {}
  const takesNext = value === undefined && option.argument.kind !== 'none'
  return { given: new Set([...given, option]), waiting: takesNext ? option : undefined }
}

function typingOf(text: string, { waiting, isOver }: Walked): Typing {
  if (waiting !== undefined) return { kind: 'value', option: waiting, before: '', text }
  if (isOver || !text.startsWith('-')) return { kind: 'operand', text }
  const { option, value } = optionIn(text)
  if (option === undefined || value === undefined || option.argument.kind === 'none') {
    return { kind: 'option', text }
  }
  const before = text.slice(0, text.length - value.length)
  return { kind: 'value', option, before, text: value }
}

/** The option that a word begins with, and the value that is part of the word. */
function optionIn(word: string): {
  readonly option?: OptionDeclaration<unknown>
  readonly value?: string
} {
  const [, name = '', value] = /^(--[^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
  if (name !== '') {
    const option = all.find(({ flags }) => longName(flags) === name)
    return { ...(option && { option }), ...(value === undefined ? {} : { value }) }
  }
  return shortOptionIn(word.slice(1))
}

/** Short options may be written as one word, the last with its value: `-qo out.json`, `-qoout.json`. */
function shortOptionIn(letters: string): ReturnType<typeof optionIn> {
  const option = all.find(({ flags }) => flags.startsWith(`-${letters[0]},`))
  const rest = letters.slice(1)
  if (option === undefined) return {}
  if (rest === '') return { option }
  return option.argument.kind === 'none' ? shortOptionIn(rest) : { option, value: rest }
}

const all: readonly OptionDeclaration<unknown>[] = Object.values(options)
