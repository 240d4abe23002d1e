import type { Completion } from './candidate.ts'

/** How a list of words goes on behind its last comma: with a word that it does not have. */
export function listCompletion(words: readonly string[], typed: string): Completion {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1)
  const given = before.split(',')
  return {
    before,
    candidates: words
      .filter((word) => !given.includes(word))
      .map((text) => ({ text, description: '', isOpen: true })),
  }
}
