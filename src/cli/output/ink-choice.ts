import type { Ink } from '../../render/text/ink.ts'
import type { Environment, OutputStream, World } from '../machine/world.ts'

export const colorChoices = ['auto', 'always', 'never'] as const
export type ColorChoice = (typeof colorChoices)[number]

const usualWidth = 80

/**
 * What a stream can take. `--color` outranks NO_COLOR, that FORCE_COLOR, that the terminal. One that
 * was never told its size has 0 columns.
 */
export function inkFor(outlet: OutputStream, world: World, choice: ColorChoice): Ink {
  return {
    color: colorAllowed(outlet, world.env, choice),
    unicode: speaksUnicode(world.env),
    width: outlet.columns || columnsOf(world.env.COLUMNS),
  }
}

/** A text file is UTF-8, without colour, whatever the terminal. */
export const fileInk: Ink = { color: false, unicode: true, width: usualWidth }

function colorAllowed(outlet: OutputStream, env: Environment, choice: ColorChoice): boolean {
  if (choice !== 'auto') return choice === 'always'
  if (env.NO_COLOR) return false
  const force = env.FORCE_COLOR
  if (force !== undefined) return force !== '0' && force !== 'false'
  return outlet.isTerminal && env.TERM !== 'dumb'
}

/** As the C library decides: the first of the three that says anything. */
function speaksUnicode(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  return /utf-?8/i.test(locale)
}

function columnsOf(text: string | undefined): number {
  return text !== undefined && /^[1-9][0-9]{0,3}$/.test(text) ? Number(text) : usualWidth
}
