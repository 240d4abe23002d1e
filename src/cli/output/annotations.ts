import { sha256 } from '../../units/sha256.ts'
import type { Text, World } from '../machine/world.ts'

/** True in a job of GitHub Actions, which sets the variable in every step. */
export function isInActions({ env }: Pick<World, 'env'>): boolean {
  return env.GITHUB_ACTIONS === 'true'
}

/**
 * The table for the log, then annotations. The runner takes any line of the log that begins with `::`
 * or holds `##[` for a command: it is told to stop that until it reads a word. The word is a digest of
 * the table, so that no name in the table can be it, and two runs are the same.
 */
export function annotated(table: Text, annotations: Text): readonly string[] {
  const text = joined(table)
  const token = sha256(text)
  return [`::stop-commands::${token}\n`, text, `::${token}::\n`, joined(annotations)]
}

function joined(text: Text): string {
  return typeof text === 'string' ? text : [...text].join('')
}
