import type { Issue } from '../scenario/issue.ts'

/** The text of a scenario file, or what is wrong with its bytes. A byte-order mark is dropped. */
export function scenarioText(content: Uint8Array, file: string): string | Issue {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return notUtf8(content, file)
  }
}

function notUtf8(content: Uint8Array, file: string): Issue {
  const readable = new TextDecoder('utf-8').decode(content).split('\ufffd', 1)[0] ?? ''
  const lines = readable.split('\n')
  return {
    file,
    line: lines.length,
    column: (lines.at(-1) ?? '').length + 1,
    message: 'not UTF-8 text',
    expected: 'a scenario in YAML or JSON, as UTF-8 text',
  }
}
