import type { Command } from '../output/formats.ts'
import { commands } from '../output/formats.ts'
import { UsageError } from './option.ts'
import type { Request } from './request.ts'
import { requestOf } from './request.ts'

/**
 * The request of words without options, which is what `readCommandLine` makes of them. Most runs have
 * none, and loading commander for them would take a sixth of what Node takes to start.
 * @returns `undefined` where there are options, help is asked for, or something is wrong.
 */
export function plainRequest(words: readonly string[]): Request | undefined {
  const [first, ...others] = words
  if (first === undefined || first === 'help' || words.some(isOption)) return undefined
  const written = commands.find((command) => command === first)
  const command: Command = written ?? 'plan'
  const operands = written === undefined ? words : others
  try {
    return requestOf({ command, operands, implied: written === undefined, options: {} })
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-'
}
