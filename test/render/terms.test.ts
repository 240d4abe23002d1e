import { describe, expect, it } from 'vitest'
import { renderTerm, renderTopics } from '../../src/render/terms.ts'
import type { Term } from '../../src/render/words/terms/term.ts'
import { termGroups } from '../../src/render/words/terms/terms.ts'

const term: Term = {
  name: 'headroom',
  meaning: 'Memory that remains when everything is counted; a negative figure is a shortage.',
  formula: 'capacity − demand',
  condition: 'memory ≥ 0',
  unit: 'bytes',
  source: 'the budget',
  numbers: 'min watermark',
  page: 'screen',
}
const findings = [{ id: 'MSP001', title: 'mshare costs more than it saves' }]
const plain = { color: false, unicode: true, width: 60 }

describe('a term', () => {
  it('has its meaning, formula, condition, unit, source, numbers and page below its name', () => {
    expect(renderTerm(term, plain).split('\n')).toEqual([
      'headroom',
      '  Memory that remains when everything is counted; a negative',
      '  figure is a shortage.',
      '  = capacity − demand',
      '  if:      memory ≥ 0',
      '  unit:    bytes',
      '  source:  the budget',
      "  numbers: mshare-plan explain FILE 'min watermark'",
      '  more:    docs/guide/reading-the-screen.md',
      '',
    ])
  })

  it('has no line for what it lacks', () => {
    const text = renderTerm({ name: 'sum', meaning: 'A sum.', page: 'limits' }, plain)
    expect(text).toBe('sum\n  A sum.\n  more:    docs/guide/limits.md\n')
  })

  it('spells its signs out where only ASCII can be written', () => {
    const text = renderTerm(term, { ...plain, unicode: false })
    expect(text).toContain('= capacity - demand\n  if:      memory >= 0\n')
    expect(text).toMatch(/^[\n\x20-\x7e]+$/)
  })

  it('has its name in bold where colours can be shown', () => {
    const [name] = renderTerm(term, { ...plain, color: true }).split('\n')
    expect(name).toBe('\x1b[1mheadroom\x1b[22m')
  })
})

describe('the list', () => {
  it.each([60, 80, 140])('fits %i columns, and no term is broken at its blanks', (width) => {
    const text = renderTopics(termGroups, findings, { ...plain, width })
    expect(text.split('\n').filter((line) => line.length > width)).toEqual([])
    for (const { name } of termGroups.flatMap(({ terms }) => terms)) {
      expect(text).toContain(name)
    }
  })

  it('begins with the ways to ask and ends with the findings', () => {
    const lines = renderTopics(termGroups, findings, { ...plain, width: 80 }).split('\n')
    expect(lines[0]).toBe(
      'mshare-plan explain TERM       a word of the screen or a table, as headroom',
    )
    expect(lines.slice(-5)).toEqual([
      '',
      'FINDINGS',
      '────────',
      'MSP001  mshare costs more than it saves',
      '',
    ])
  })
})
