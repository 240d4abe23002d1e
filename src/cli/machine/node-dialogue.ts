import { createInterface } from 'node:readline'
import type { Dialogue } from './world.ts'

/**
 * Asks on a terminal, one question after another. Lines that are typed ahead or pasted answer the
 * questions to come. The end of the input, and Ctrl-C, answer nothing.
 */
export function dialogueOn(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Dialogue {
  const typed: string[] = []
  let hasEnded = false
  let settle: ((line: string | undefined) => void) | undefined
  const reader = createInterface({ input, output })
  const next = (line: string | undefined): void => {
    const waiting = settle
    settle = undefined
    if (waiting !== undefined) waiting(line)
    else if (line !== undefined) typed.push(line)
  }
  reader.on('line', next)
  reader.on('close', () => {
    hasEnded = true
    // The next text begins on a line of its own.
    if (settle !== undefined) output.write('\n')
    next(undefined)
  })
  return {
    ask: (question) =>
      new Promise((resolve) => {
        const ahead = typed.shift()
        if (ahead !== undefined) output.write(`${question}${ahead}\n`)
        if (ahead !== undefined || hasEnded) return resolve(ahead)
        settle = resolve
        reader.setPrompt(question)
        reader.prompt()
      }),
    close: () => reader.close(),
  }
}
