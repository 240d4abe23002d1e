import { describe, expect, it } from 'vitest'
import { isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'
import { editScenario } from '../../../src/scenario/edit-scenario.ts'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { Override } from '../../../src/scenario/yaml/overrides.ts'
import type { Path } from '../../../src/units/path.ts'
import { pathText } from '../../../src/units/path.ts'
import { shipped, textOf } from '../../scenarios/shipped.ts'

/** The same scenario, as other people write. */
const hands: Readonly<Record<string, (text: string) => string>> = {
  'as it is shipped': (text) => text,
  'with the line ends of Windows': (text) => text.replaceAll('\n', '\r\n'),
  'as JSON': (text) => JSON.stringify(parseDocument(text).toJS()),
  'as JSON on many lines': (text) => JSON.stringify(parseDocument(text).toJS(), null, 4),
  'in blocks': (text) => restyled(text, false),
  'in brackets': (text) => restyled(text, true),
}

/** Some of them have all that a scenario can have: the others would only cost time. */
const drawn = shipped.filter((name, index) => index % 7 === 0 || name.startsWith('measured'))

describe.each(Object.entries(hands))('a scenario %s', (_, written) => {
  it.each(drawn)('%s, saved with values replaced, reads as with --set', (name) => {
    const text = written(textOf(name))
    const [replaced, added] = [possible(text, replacements(text)), possible(text, additions(text))]
    expect(replaced.length).toBeGreaterThan(3)
    expect(added.length).toBeGreaterThan(5)
    for (const overrides of [...replaced, ...added]) {
      const read = readScenario(saved(text, overrides), 'a.yaml')
      expect(read).toEqual(readScenario(text, 'a.yaml', overrides))
    }
    for (const overrides of replaced) {
      const [before, after] = [text.split('\n'), saved(text, overrides).split('\n')]
      const lost = before.filter((line) => !after.includes(line))
      // Statements about a measured value go with it, each on a line of its own.
      expect(lost.length).toBeLessThanOrEqual(name.startsWith('measured') ? 5 : 2)
    }
  })
})

function possible(text: string, cases: readonly (readonly Override[])[]) {
  return cases.filter((overrides) => readScenario(text, 'a.yaml', overrides).ok)
}

function saved(text: string, overrides: readonly Override[]): string {
  const edited = editScenario(text, 'a.yaml', overrides)
  if (!edited.ok) throw new Error(JSON.stringify([overrides, edited.issues]))
  return edited.text
}

/** Each value alone, with another one in its place. */
function replacements(text: string): readonly (readonly Override[])[] {
  const overrides: (readonly Override[])[] = []
  visit(parseDocument(text), {
    Scalar(key, node, ancestors) {
      const path = pathOf(key, ancestors)
      const value = otherThan(node.value, String(node.source))
      if (key !== 'key' && value !== undefined) overrides.push([{ path: pathText(path), value }])
    },
  })
  return overrides
}

function pathOf(key: unknown, ancestors: readonly unknown[]): Path {
  const path: (string | number)[] = []
  for (const [index, ancestor] of ancestors.entries()) {
    const next = ancestors[index + 1]
    if (isSeq(ancestor)) path.push(next === undefined ? Number(key) : ancestor.items.indexOf(next))
    if (isMap(ancestor)) {
      const pair = ancestor.items.find((one) => one === next)
      if (isScalar(pair?.key)) path.push(String(pair.key.source))
    }
  }
  return path
}

function otherThan(value: unknown, source: string): string | undefined {
  if (typeof value === 'number') return String(value + 1)
  if (typeof value !== 'string') return undefined
  if (/^\d+ ?[KMGT]i?B$/.test(value)) return `${2 * Number.parseInt(source, 10)} MB`
  if (/^\d+%$/.test(value)) return '17%'
  return /[ ,]/.test(value) ? '"another: name, #1"' : undefined
}

/** Keys that are missing, alone and several at once. */
function additions(text: string): readonly (readonly Override[])[] {
  const { groups = {} } = parseDocument(text).toJS()
  const [group = ''] = Object.keys(groups)
  const own = pathText(['groups', group])
  const overrides = [
    { path: 'host.swap', value: '3 GB' },
    { path: 'host.reserve["agents: a"]', value: '1 GB' },
    { path: 'host.kernel', value: '6.10' },
    { path: 'regions.more', value: '{ size: 64 KiB, backing: anonymous }' },
    { path: `${own}.oomScoreAdj`, value: '-5' },
    { path: `${own}.maps`, value: '[{ region: more, touched: { random: 1 pages } }]' },
    { path: 'gates.headroom', value: '10%' },
    { path: 'strategies', value: '[base-pages]' },
    { path: 'name', value: '"#"' },
    { path: 'host', value: '{ memory: 9 TB }' },
  ]
  return [...overrides.map((override) => [override]), overrides]
}

function restyled(text: string, flow: boolean): string {
  const document = parseDocument(text)
  visit(document, {
    Collection(_, node) {
      node.flow = flow && node !== document.contents
    },
  })
  return document.toString({ lineWidth: 60, indent: 3, indentSeq: false })
}
