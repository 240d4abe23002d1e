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
