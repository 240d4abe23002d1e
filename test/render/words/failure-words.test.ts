import { describe, expect, it } from 'vitest'
import { failureText, withoutResult } from '../../../src/render/words/failure-words.ts'
import { answerTo } from '../../scenarios/shipped.ts'

const same = (text: string): string => text
const failure = { file: 'web.yaml', line: 3, column: 9, message: 'the name is empty' }

describe('a scenario without a result', () => {
  it('is named by its place', () => {
    expect(failureText(failure, same)).toBe('web.yaml:3:9: the name is empty')
  })

  it('is named by the reason alone where its file could not be read', () => {
    const message = 'cannot read web.yaml: permission denied'
    expect(failureText({ file: 'web.yaml', message }, same)).toBe(message)
  })

  it('is counted with its file, once for all that is wrong there', () => {
    expect(withoutResult({ unanswered: 1, failures: [failure, failure] }, same)).toBe(
      '1 without a result (web.yaml)',
    )
  })

  it('is only counted behind five files', () => {
    const failures = 'abcdefg'.split('').map((file) => ({ file, message: 'gone' }))
    expect(withoutResult({ unanswered: 7, failures }, same)).toBe(
      '7 without a result (a, b, c, d, e and 2 more)',
    )
  })
})

const good = `version: 1
name: good
host: { memory: 8 GB }
groups: { web: { processes: 4 } }
`
const broken = good.replace('8 GB', '8')
const files = { 'good.yaml': good, 'b,ad/broken.yaml': broken }
const words = ['good.yaml', 'b,ad/broken.yaml', 'missing.yaml']

/** Where the size without a unit is. */
const place = 'b,ad/broken.yaml:3:17'

describe('scenarios without a result among others', () => {
  it.each([
    ['plan', 'json', ['"file": "b,ad/broken.yaml",\n      "line": 3,\n      "column": 17']],
    ['check', 'ndjson', ['{"schema":"mshare-plan/failure/1","file":"b,ad/broken.yaml","line":3']],
    ['limits', 'json', ['"file": "b,ad/broken.yaml",\n      "line": 3']],
    ['plan', 'csv', ['"b,ad/broken.yaml",3,,,error,', 'missing.yaml,,,,error,']],
    ['check', 'csv', ['"b,ad/broken.yaml",3,,,error,', 'missing.yaml,,,,error,']],
    ['plan', 'csv-long', ['"b,ad/broken.yaml",3,,failures.column,17,']],
    ['plan', 'markdown', [`- \`${place}\`: `, '- cannot read missing.yaml: ']],
    ['check', 'markdown', [`- \`${place}\`: `, '- cannot read missing.yaml: ']],
    ['check', 'junit', ['file="b,ad/broken.yaml" line="3"', `<error message="${place}: `]],
    ['check', 'sarif', ['"uri": "b%2Cad/broken.yaml"', '"startLine": 3,', '"startColumn": 17']],
    ['check', 'github', ['::error file=b%2Cad/broken.yaml,line=3,col=17,title=']],
    ['plan', 'openmetrics', ['mshare_plan_file_without_result{file="b,ad/broken.yaml"} 1']],
    ['plan', 'html', [`<li>${place}: `, '<li>cannot read missing.yaml: ']],
    ['plan', 'table', ['2 without a result (missing.yaml and b,ad/broken.yaml).']],
    ['check', 'table', ['2 without a result (missing.yaml and b,ad/broken.yaml).']],
  ] as const)('are named by %s as %s', async (command, format, texts) => {
    const { stdout, status } = await answerTo([command, ...words, '-f', format], files)
    for (const text of texts) expect(stdout).toContain(text)
    // 2 for the broken one outranks 3 for the missing one.
    expect(status).toBe(2)
  })

  it('have as many cells in CSV as any other row', async () => {
    const { stdout } = await answerTo(['plan', ...words, '-f', 'csv'], files)
    const commas = stdout
      .replaceAll(/"[^"]*"/g, '')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').length)
    expect(new Set(commas).size).toBe(1)
  })

  it('are not among the scenarios that were saved: the list is no answer about them', async () => {
    const { stdout } = await answerTo(['plan', ...words, '-f', 'json'], files)
    const { status, stderr } = await answerTo(['check', 'saved.json'], { 'saved.json': stdout })
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('missing.yaml had no result when the list was saved'),
    ])
  })
})
