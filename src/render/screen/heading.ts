import type { Result } from '../../plan/result/result.ts'
import { givenBytes } from '../text/amounts.ts'
import type { Ink } from '../text/ink.ts'
import { brushesOf, named, widthOf, worded } from '../text/ink.ts'
import { cutLeft, displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import { fileWords } from '../words/file-words.ts'

/** Which server, on which machine, from which file. */
export function heading(
  result: Pick<Result, 'scenario' | 'host' | 'assumptions'>,
  ink: Ink,
): readonly string[] {
  const width = widthOf(ink)
  const { scenario, host } = result
  const swap = host.swapBytes === 0 ? 'no swap' : `${givenBytes(host.swapBytes)} of swap`
  const parts = [
    `${givenBytes(host.memoryBytes)} of memory${markOf(result, 'host.memory')}, ${swap}`,
    `${host.layout}${host.pti ? ' with PTI' : ''}`,
    `Linux ${kernel(result)}${markOf(result, 'host.kernel')}`,
  ]
  const file = named(fileWords(scenario.file), ink)
  // In ASCII a middle dot would be the `*` that marks strategies in part.
  const joint = ink.unicode ? ' · ' : ', '
  const machine = worded(`${parts.join(joint)}${joint}`, ink)
  const room = width - displayWidth(machine)
  const wrapped = wrap(worded(parts.join(joint), ink), width)
  return [
    ...wrap(named(scenario.name, ink), width).map(brushesOf(ink).heading),
    ...(room < narrowestFile && displayWidth(file) > room
      ? [...wrapped, cutLeft(file, width, worded('…', ink))]
      : [machine + cutLeft(file, room, worded('…', ink))]),
  ]
}

/** What the scenario has, but its source did not say. */
function markOf({ assumptions }: Pick<Result, 'assumptions'>, path: string): string {
  return assumptions.some((one) => one.path === path && one.stated === true) ? ' (assumed)' : ''
}

/** Enough of a path to know the file by. */
const narrowestFile = 12

/** Where the scenario has a later kernel than the newest known, both. */
function kernel({ assumptions, host }: Pick<Result, 'host' | 'assumptions'>): string {
  const written = assumptions.find((one) => one.laterKernel !== undefined)?.laterKernel
  return written === undefined ? host.kernel : `${written}, planned as ${host.kernel}`
}
