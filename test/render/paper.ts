import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Result } from '../../src/plan/result/result.ts'
import type { Ink } from '../../src/render/text/ink.ts'
import { displayWidth } from '../../src/render/text/width.ts'
import { lkmlGated, randomCase, renamed } from './lkml-result.ts'

const plain: Ink = { color: false, unicode: true, width: 80 }

/** What every view of a result keeps to, whatever the names in it. */
export function keepsToThePaper(
  render: (result: Result, ink: Ink) => string,
  others: readonly Result[],
): void {
  const cases = [lkmlGated, randomCase(), ...others]
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }),
    fc.stringMatching(/^[データ한국어😀🏎 ]{1,60}$/u),
    fc.constant('x'.repeat(300)),
  )

  describe('the paper', () => {
    test('is never wider than asked for, whatever the names', () => {
      const width = fc.integer({ min: 60, max: 200 })
      fc.assert(
        fc.property(name, width, fc.boolean(), (text, columns, unicode) => {
          const result = renamed(text)
          const view = render(result, { color: true, unicode, width: columns })
          for (const line of withoutPasted(stripVTControlCharacters(view), result)) {
            expect(displayWidth(line)).toBeLessThanOrEqual(columns)
          }
        }),
        { numRuns: 60 },
      )
    })

    test('takes every width from 60 to 200', () => {
      for (let width = 60; width <= 200; width += 7) {
        for (const each of cases) expectWidth(render(each, { ...plain, width }), each, width)
      }
    })

    test('is pure ASCII where that is asked for', () => {
      for (const each of [...cases, renamed('データ\u202e')]) {
        expect(render(each, { ...plain, unicode: false })).toMatch(/^[\x20-\x7e\n]*$/)
      }
    })

    test('has no escape sequence without colour, whatever the names', () => {
      const view = render(renamed('\u001b[31mred\u202e'), plain)
      expect(view).not.toContain('\u001b')
      expect(view).not.toContain('\u202e')
      expect(view).toContain('\\x1b[31mred\\u202e')
    })

    test('says the same with and without colour', () => {
      for (const each of cases) {
        const coloured = render(each, { ...plain, color: true })
        expect(coloured).toContain('\u001b[')
        expect(stripVTControlCharacters(coloured)).toBe(render(each, plain))
      }
    })
  })
}

/** No line but those to paste is wider, and none ends in a blank. */
export function expectWidth(view: string, result: Result, width: number): void {
  const lines = withoutPasted(view, result)
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width)
  expect(lines.every((line) => line === line.trimEnd())).toBe(true)
}

/** All lines but those to paste, which are never broken. */
function withoutPasted(view: string, { advice }: Result): readonly string[] {
  const pasted = new Set(advice.flatMap(({ settings }) => settings.flatMap(({ lines }) => lines)))
  const lines = view.split('\n').filter((line) => !pasted.has(line.trim()))
  expect(lines.length).toBeGreaterThan(5)
  return lines
}
