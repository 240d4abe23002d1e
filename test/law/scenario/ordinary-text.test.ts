import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOrdinary } from '../../../src/scenario/yaml/read-ordinary.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'

/*
 * The reader of ordinary texts reads them as the YAML library does, places and all. It may leave any text
 * to the library; one that it reads, the library reads without a complaint and alike.
 */

const key = fc.constantFrom('a', 'b', 'c d', '"e"', "'f: g'", '10', '2 MiB')
const scalar = fc.constantFrom(
  'x',
  '1',
  '0.5',
  '-3',
  '"q # r"',
  "'s'",
  'true',
  '~',
  '10%',
  't:u',
  'v#w',
)

type Tree = string | readonly Tree[] | { readonly entries: readonly (readonly [string, Tree])[] }

const uniqueKeys = { maxLength: 3, selector: ([name]: readonly [string, Tree]) => name } as const
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.record({ entries: fc.uniqueArray(fc.tuple(key, tie('tree')), uniqueKeys) }),
  ),
}))
const root = fc
  .uniqueArray(fc.tuple(key, tree), { ...uniqueKeys, minLength: 1 })
  .map((entries) => ({ entries }))

/** How one writes: drawn anew for each place. */
type Draw = (most: number) => number

function inFlow(value: Tree, draw: Draw): string {
  if (typeof value === 'string') return value
  const gap = ['', ' ', '\n        ', ' \n\n          '][draw(3)] ?? ''
  if (isList(value)) return `[${gap}${value.map((one) => inFlow(one, draw)).join(`,${gap}`)}${gap}]`
  const pairs = value.entries.map(([name, one]) => `${name}: ${inFlow(one, draw)}`)
  return `{${gap}${pairs.join(` ,${gap}`)}${gap}}`
}

function isList(value: Tree): value is readonly Tree[] {
  return Array.isArray(value)
}

const rests = ['', '', '  ', ' # x', '\n', '\n# y\n', '\n      # z']

/** Behind a key, or behind the dash of an item. */
function inBlock(value: Tree, column: number, draw: Draw): string {
  const rest = rests[draw(rests.length - 1)] ?? ''
  const isEmpty = typeof value !== 'string' && (isList(value) ? value : value.entries).length === 0
  if (typeof value === 'string' || isEmpty || draw(4) === 0)
    return ` ${inFlow(value, draw)}${rest}\n`
  const deeper = column + (isList(value) ? draw(2) : 1 + draw(3))
  return `${rest}\n${linesOf(value, deeper, draw)}`
}

function linesOf(value: Exclude<Tree, string>, column: number, draw: Draw): string {
  const margin = ' '.repeat(column)
  if (!isList(value)) {
    return value.entries
      .map(([name, one]) => `${margin}${name}:${inBlock(one, column, draw)}`)
      .join('')
  }
  return value.map((one) => `${margin}-${itemOf(one, column, draw)}`).join('')
}

function itemOf(item: Tree, column: number, draw: Draw): string {
  if (typeof item === 'string' || isList(item) || item.entries.length === 0) {
    return ` ${inFlow(item, draw)}\n`
  }
  const gap = 1 + draw(2)
  return ' '.repeat(gap) + linesOf(item, column + 1 + gap, draw).trimStart()
}

const written = fc.tuple(root, fc.infiniteStream(fc.nat(1000))).map(([value, numbers]) => {
  const draw: Draw = (most) => Number(numbers.next().value) % (most + 1)
  return linesOf(value, 0, draw)
})

const pieces = fc.constantFrom(
  ...['\n', ' ', ':', ': ', '- ', '# ', '"', "'", '{', '}', '[', ']', ',', '&', '*', '!', '|', '>'],
  ...['? ', '%', '@', '`', '~', '.', '-', '...', '---\n', '<<: ', '0x1', '\t', '\\', 'é', '\n  '],
)

function check(text: string): boolean {
  const source = { file: 'a.yaml', text }
  const ordinary = readOrdinary(source)
  if (ordinary === undefined) return false
  expect(readYaml(source)).toEqual({ root: ordinary, flaws: [] })
  return true
}

describe('the reader of ordinary texts', () => {
  it('reads what is written in any usual manner as the YAML library does', () => {
    let [read, drawn] = [0, 0]
    fc.assert(
      fc.property(written, (text) => {
        drawn += 1
        if (check(text)) read += 1
      }),
      { numRuns: 300 },
    )
    expect(read).toBeGreaterThan(drawn * 0.9)
  })

  it('reads it so, or not at all, wherever something was put in or left out', () => {
    let read = 0
    fc.assert(
      fc.property(written, fc.nat(), pieces, fc.nat(2), (text, place, piece, removed) => {
        const at = place % (text.length + 1)
        if (check(text.slice(0, at) + piece + text.slice(at + removed))) read += 1
      }),
      { numRuns: 1000 },
    )
    expect(read).toBeGreaterThan(100)
  })
})
