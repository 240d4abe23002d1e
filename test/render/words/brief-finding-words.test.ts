import { describe, expect, test } from 'vitest'
import type { Finding } from '../../../src/plan/result/finding.ts'
import { briefly } from '../../../src/render/words/brief-finding-words.ts'
import { everyFinding } from '../every-finding.ts'

const mark = (text: string): string => `<${text}>`

describe('a finding in one sentence', () => {
  test('has at most 25 words and one full stop', () => {
    const said = everyFinding.map((finding) => briefly(finding, mark)).filter(isText)
    expect(said.length).toBeGreaterThan(10)
    for (const sentence of said) {
      expect(sentence).toMatch(/^[A-Z<].*\.$/)
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(25)
      expect(sentence).not.toMatch(/(?<!<)MSP\d|\boom\b|undefined|NaN/)
    }
  })

  test('is there for every warning and error but those that the screen says elsewhere', () => {
    const silent = everyFinding
      .filter(({ severity }) => severity !== 'note')
      .filter((finding) => briefly(finding, mark) === undefined)
      .map(({ kind }) => kind)
    expect([...new Set(silent)].sort()).toMatchInlineSnapshot(`
      [
        "assumption-decides",
        "base-tables-decide",
        "few-pages-touch-most-tables",
        "huge-pages-do-it-today",
        "linked-tables",
        "nothing-to-gain",
        "overcommit-refuses",
        "private-regions-united",
        "stranded-huge-pages",
        "tables-decide",
        "touched-in-part",
        "waiver-unmatched",
      ]
    `)
  })

  test('says what is on base pages', () => {
    const finding = everyFinding.find(({ kind }) => kind === 'pool-too-small') as Finding
    const short = { ...finding, region: 'data', neededPages: 38_400, poolPages: 35_840 } as Finding
    expect(briefly(short, mark)).toContain(
      'The pool has 35,840 of 38,400 huge pages for region <data>: ',
    )
  })
})

function isText(text: string | undefined): text is string {
  return text !== undefined
}
