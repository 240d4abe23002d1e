import type { Path } from '../../units/path.ts'
import { pathText } from '../../units/path.ts'
import type { Flaw } from './issue.ts'

const step = /(?:^|\.)([^.[\]]+)|\.?\[(\d{1,6})\]|\.?\[("(?:[^"\\]|\\.)*")\]/y

export interface Step {
  readonly step: string | number
  readonly offset: number
}

/** The steps of `a.b[0]["c.d"]` and where each begins; `undefined` where it is no such text. */
export function parsePath(text: string): readonly Step[] | undefined {
  const steps: Step[] = []
  step.lastIndex = 0
  while (step.lastIndex < text.length) {
    const match = step.exec(text)
    if (match === null) return undefined
    const [, key, index, quoted] = match
    const name = quoted === undefined ? key : unquoted(quoted)
    if (name === undefined && index === undefined) return undefined
    const offset = match.index + (match[0].startsWith('.') ? 1 : 0)
    steps.push({ step: name ?? Number(index), offset })
  }
  return steps.length === 0 ? undefined : steps
}

function unquoted(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}

/**
 * What is wrong with the position of an item in a list, at that depth of a path: one behind the last is
 * added, but a mapping begins with its region.
 * @param length of the list.
 */
export function flawOfItem(path: Path, depth: number, length: number): Flaw | undefined {
  const index = Number(path[depth])
  const [inside, list] = [path[depth + 1], path[depth - 1]]
  const isPart = list === 'maps' && inside !== undefined && inside !== 'region'
  if (index < length || (index === length && !isPart)) return undefined
  const name = pathText(path.slice(0, depth))
  const flaw = { message: `\`${name}\` has ${length === 1 ? '1 item' : `${length} items`}` }
  const most = isPart ? length - 1 : length
  const expected = isPart && most === 0 ? 'position 0' : `a position from 0 to ${most}`
  if (!isPart) return { ...flaw, expected: `${expected} (${length} appends an item)` }
  const whole = pathText([...path.slice(0, depth), length])
  return {
    ...flaw,
    ...(length === 0 ? {} : { expected }),
    suggestion: `to add one, set \`${whole}\` to all of it: \`{ region: … }\``,
  }
}
