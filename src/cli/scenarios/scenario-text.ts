import type { Issue } from '../../scenario/yaml/issue.ts'

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
    ...(isUtf16(content) ? { suggestion: 'this is UTF-16: save it as UTF-8' } : {}),
  }
}

/** By its byte-order mark. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}
