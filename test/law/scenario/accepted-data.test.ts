import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accepts } from '../../../src/scenario/schema/accepts.ts'
import { waiver } from '../../../src/scenario/schema/gates-schema.ts'
import { region } from '../../../src/scenario/schema/region-schema.ts'
import { scenarioShape } from '../../../src/scenario/schema/schema.ts'
import type { Optional, Shape } from '../../../src/scenario/schema/shape.ts'
import { touched } from '../../../src/scenario/schema/touched-schema.ts'
import { zodOf } from '../../../src/scenario/zod/zod-of.ts'

/*
 * A scenario that is accepted without zod is one that zod accepts, and the other way round: drawn by the
 * description of the format, with a wrong value, key or kind here and there.
 */

const values = [
  ...[0, 1, -1, 1.5, 50, 2 ** 53, Number.NaN, true, false, null, undefined, '', 'x'],
  ...['1 GiB', '4096 pages', '40%', '101%', 'all', '0,5,7-9', 'auto', '0x7f0000000000', '0660'],
  ...['6.10', 'MSP005', '2027-02-28', '2027-02-29', 'as-described', 'x86-64', [], ['1 GiB'], {}],
]
const names = ['sga', '2 MiB', '', '\0__proto__', '\u00007', 'constructor', 'first', 'in', 'size']

/** What may be at a place; once in so many times what should not. */
function drawn(shape: Shape | Optional, strays: number): fc.Arbitrary<unknown> {
  const right = wellFormed(shape, strays)
  if (strays === 0) return right
  return fc.oneof({ weight: strays, arbitrary: right }, { weight: 1, arbitrary: anything })
}

const anything = fc.constantFrom(...values)

function wellFormed(shape: Shape | Optional, strays: number): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'optional':
      return drawn(shape.shape, strays)
    case 'field':
      return fc.constantFrom(...taken(shape, [...values, ...wordsOf(shape.help['enum'])]))
    case 'exactly':
      return fc.constant(shape.value)
    case 'either':
      return fc.oneof(...shape.options.map((option) => drawn(option, strays)))
    case 'list':
      return fc.array(drawn(shape.items, strays), { maxLength: 2 })
    case 'names':
      return mapping(
        fc.array(
          fc.tuple(fc.constantFrom(...taken(shape.name, names)), drawn(shape.values, strays)),
          { maxLength: 2 },
        ),
      )
    case 'keys': {
      const entries = Object.entries(shape.keys).map(([key, inner]) => {
        const entry = fc.tuple(fc.constant(key), drawn(inner, strays))
        const isLeftOut = inner.kind === 'optional' || strays > 0
        return isLeftOut ? fc.option(entry, { nil: undefined, freq: strays || 1 }) : entry
      })
      const stray = fc.option(fc.tuple(fc.constantFrom(...names), anything), {
        nil: undefined,
        freq: 1,
      })
      const all = strays === 0 ? fc.tuple(...entries) : fc.tuple(...entries, stray)
      return mapping(all.map((some) => some.filter((entry) => entry !== undefined)))
    }
  }
}

function taken<T>(shape: Shape, some: readonly T[]): readonly T[] {
  const right = some.filter((value) => accepts(shape, value))
  expect(right).not.toEqual([])
  return right
}

function wordsOf(words: unknown): readonly unknown[] {
  return Array.isArray(words) ? words : []
}

function mapping(
  entries: fc.Arbitrary<readonly (readonly [string, unknown])[]>,
): fc.Arbitrary<unknown> {
  return entries.map((some) => Object.assign(Object.create(null), Object.fromEntries(some)))
}

test.each([
  ['a scenario', scenarioShape, 0],
  ['a scenario', scenarioShape, 100],
  ['touched pages', touched, 10],
  ['a waiver', waiver, 10],
  ['a region', region, 40],
])('zod and the acceptance without it agree on %s', (_what, shape: Shape, strays) => {
  const schema = zodOf(shape)
  const answers = { true: 0, false: 0 }
  fc.assert(
    fc.property(drawn(shape, strays), (data) => {
      const isAccepted = accepts(shape, data)
      answers[`${isAccepted}`] += 1
      expect(isAccepted).toBe(schema.safeParse(data).success)
    }),
    { numRuns: 200 },
  )
  expect(answers.true).toBeGreaterThan(0)
  if (strays > 0) expect(answers.false).toBeGreaterThan(0)
})
