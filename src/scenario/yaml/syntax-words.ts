import type { ErrorCode } from 'yaml'
import type { Flaw } from './issue.ts'

/** What is wrong with the form of a text, for people who do not know the grammar of YAML. */
export function explainSyntax(code: ErrorCode, message: string): Flaw {
  const bracket = /must (?:be sufficiently indented and )?end with an? ([\]}])/.exec(message)?.[1]
  if (bracket !== undefined) return unclosed(bracket)
  if (/^Missing , (?:or : )?between flow/.test(message)) {
    return { message: 'a comma is missing before this' }
  }
  return words[code] ?? { message: firstLine(message) }
}

function unclosed(bracket: string): Flaw {
  const opening = bracket === '}' ? '{' : '['
  return {
    message: `a \`${opening}\` before this is not closed`,
    expected: `\`${bracket}\`, or lines indented deeper than its key`,
  }
}

const words: { readonly [Code in ErrorCode]?: Flaw } = {
  TAB_AS_INDENT: {
    message: 'tabs are not allowed as indentation',
    suggestion: 'indent with spaces',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'this value continues on a line that has a key',
    suggestion: 'indent the keys of one mapping equally, and quote text that contains `: `',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'this line has no key',
    expected: 'a key, a colon and a space, as in `version: 1`',
  },
}

function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? message
  return line.charAt(0).toLowerCase() + line.slice(1)
}
