import { describe, expect, test } from 'vitest'
import { renderIssues } from '../../src/render/issues.ts'
import { displayWidth } from '../../src/render/text/width.ts'

const plain = { color: false, unicode: true, width: 80 }
const ascii = { ...plain, unicode: false }

describe('issues', () => {
  const issue = {
    file: 'plan.yaml',
    line: 12,
    column: 3,
    message: 'unknown key "proceses"',
    expected: 'processes, threads or maps',
    suggestion: 'did you mean processes?',
    sourceLine: '  proceses: 1500',
  }

  test('show the place, the line with a caret, what was expected and what would do', () => {
    expect(renderIssues([issue], plain)).toBe(
      [
        'plan.yaml:12:3: unknown key "proceses"',
        '  12 |   proceses: 1500',
        '     |   ^',
        '  expected: processes, threads or maps',
        '  suggestion: did you mean processes?',
        '',
      ].join('\n'),
    )
  })

  test('put the caret below the place, also after wide and hidden characters', () => {
    const [, source = '', caret = ''] = renderIssues(
      [{ ...issue, sourceLine: 'データ\u202e: x', column: 7 }],
      plain,
    ).split('\n')
    expect(source).toBe('  12 | データ\\u202e: x')
    expect(caret.indexOf('^')).toBe(displayWidth('  12 | データ\\u202e: '))
  })

  test('cut a long line around the caret', () => {
    const sourceLine = `${'a'.repeat(300)}!${'b'.repeat(300)}`
    const lines = renderIssues([{ ...issue, sourceLine, column: 301 }], plain).split('\n')
    expect(lines[1]).toMatch(/^ {2}12 \| …a+!b+…$/)
    expect(lines[1]?.indexOf('!')).toBe(lines[2]?.indexOf('^'))
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  })

  test('are short, however long what they repeat is', () => {
    const digits = '9'.repeat(4_000_000)
    const sourceLine = `memory: ${digits} B`
    const long = { ...issue, column: 9, message: `\`${digits}\` is too large`, sourceLine }
    const text = renderIssues([{ ...long, expected: digits, suggestion: digits }], plain)
    expect(text.length).toBeLessThan(2500)
    expect(text).toContain('9…\n  12 | memory: 999')
  })

  test('are separated by an empty line, and only the hints that exist are shown', () => {
    const { expected: _, suggestion: __, sourceLine: ___, ...bare } = issue
    expect(renderIssues([bare, bare], plain)).toBe(
      'plan.yaml:12:3: unknown key "proceses"\n\nplan.yaml:12:3: unknown key "proceses"\n',
    )
  })

  test('survive a column past the end of the line', () => {
    const view = renderIssues([{ ...issue, column: 99 }], plain)
    expect(view).toContain('     |                 ^')
  })

  test('are pure ASCII where that is asked for', () => {
    const sourceLine = `データ${'é'.repeat(200)}`
    expect(renderIssues([{ ...issue, sourceLine, file: 'ü.yaml' }], ascii)).toMatch(
      /^[\x20-\x7e\n]*$/,
    )
  })
})
