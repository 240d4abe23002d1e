import type { ErrorCode, YAMLParseError } from 'yaml'
import type { Flaw } from './issue.ts'

/**
 * What is wrong with the form of a text, for people who do not know the grammar of YAML.
 * @param behind the text from the place on.
 * @param isFlow the whole text is in brackets, where indentation has no meaning.
 */
export function explainSyntax(
  { code, message }: Pick<YAMLParseError, 'code' | 'message'>,
  behind: string,
  isFlow: boolean,
): Flaw {
  const bracket = /must (?:be sufficiently indented and )?end with an? ([\]}])/.exec(message)?.[1]
  if (bracket !== undefined) return unclosed(bracket, isFlow)
  // These messages name tokens of the library.
  if (code === 'UNEXPECTED_TOKEN') return unexpected(message, behind, isFlow)
  if (/^Missing , /.test(message)) return { message: 'a comma is missing before this' }
  if (/^Implicit/.test(message)) return noKey
  if (/^Missing directives/.test(message)) {
    return { message: 'a line `---` must follow lines with `%`' }
  }
  if (/directives-end/.test(message)) return { message: 'this must begin on the line below `---`' }
  return words[code] ?? firstLine(message)
}

function unclosed(bracket: string, isFlow: boolean): Flaw {
  const opening = bracket === '}' ? '{' : '['
  return {
    message: `a \`${opening}\` before this is not closed`,
    expected: `\`${bracket}\`${isFlow ? '' : ', or lines indented deeper than its key'}`,
  }
}

function unexpected(message: string, behind: string, isFlow: boolean): Flaw {
  if (message.endsWith('same line with key')) return list
  // Between two there may be a comma, or the byte 0x1e.
  if (isFlow && /^[^\w\s]?[{[]/.test(behind)) {
    return {
      message: 'a second document begins here',
      suggestion: 'write one a line, or put a line `---` between them',
    }
  }
  const [word = ''] = /\w[\w.-]{0,19}|\S/u.exec(behind) ?? []
  return { message: `unexpected \`${word}\`` }
}

const list: Flaw = {
  message: 'a list with `-` cannot begin here',
  suggestion: 'put each `-` on a line of its own, or write `[a, b]`',
}

const noKey: Flaw = {
  message: 'this line has no key',
  expected: 'a key, a colon and a space, as in `version: 1`',
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
  BLOCK_IN_FLOW: list,
}

function firstLine(message: string): Flaw {
  const line = message.split('\n', 1)[0] ?? message
  return { message: line.charAt(0).toLowerCase() + line.slice(1) }
}
