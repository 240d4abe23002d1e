import { describe, expect, it } from 'vitest'
import { mergeTrees } from '../../../src/scenario/yaml/merge-trees.ts'
import { toData } from '../../../src/scenario/yaml/plain-data.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'
import type { YamlNode } from '../../../src/scenario/yaml/yaml-tree.ts'
import { nodeAt } from '../../../src/scenario/yaml/yaml-tree.ts'

function tree(text: string, file = 'own.yaml'): YamlNode {
  const { root } = readYaml({ file, text })
  if (root === undefined) throw new Error('it can be read')
  return root
}

function merged(base: string, own: string): unknown {
  return JSON.parse(JSON.stringify(toData(mergeTrees(tree(base), tree(own))).data))
}

describe('a scenario on the one that it extends', () => {
  it('merges maps at every depth, base keys first', () => {
    const base =
      '{ host: { memory: 64 GiB, swap: 8 GiB }, groups: { a: { processes: 1, uid: 5 } } }'
    const own = '{ groups: { b: { processes: 2 }, a: { processes: 3 } }, host: { swap: 0 B } }'
    expect(JSON.stringify(merged(base, own))).toBe(
      '{"host":{"memory":"64 GiB","swap":"0 B"},"groups":{"a":{"processes":3,"uid":5},"b":{"processes":2}}}',
    )
  })

  it('replaces lists, and a map by a value or the other way round', () => {
    expect(
      merged('{ a: [1, 2], b: { c: 1 }, d: 40% }', '{ a: [3], b: 7, d: { first: 9 } }'),
    ).toEqual({ a: [3], b: 7, d: { first: 9 } })
  })

  it('removes a key that is there without a value; where the base has none, it stays to be refused', () => {
    expect(merged('{ a: 1, b: { c: 1, d: 2 } }', '{ a: , b: { c: null }, e: null }')).toEqual({
      b: { d: 2 },
      e: null,
    })
  })

  it('loses the key extends of both, only at the top', () => {
    expect(merged('{ extends: x, a: 1 }', '{ extends: y, b: { extends: z } }')).toEqual({
      a: 1,
      b: { extends: 'z' },
    })
  })

  it('keeps the place of each value in its own file', () => {
    const both = mergeTrees(tree('a: { b: 1 }', 'base.yaml'), tree('a: { c: 2 }'))
    const fileOf = (...path: string[]) => nodeAt(both, path)?.spot.source.file
    expect([fileOf(), fileOf('a'), fileOf('a', 'b'), fileOf('a', 'c')]).toEqual([
      'own.yaml',
      'own.yaml',
      'base.yaml',
      'own.yaml',
    ])
  })

  it('is the base where that is no map, so that the reader says what is wrong with it', () => {
    expect(merged('[1]', '{ a: 1 }')).toEqual([1])
    expect(merged('{ a: 1 }', '[1]')).toEqual([1])
  })

  it('takes names such as __proto__ as names', () => {
    const both = mergeTrees(tree('{ __proto__: { a: 1 } }'), tree('{ __proto__: { b: 2 } }'))
    expect(nodeAt(both, ['__proto__', 'a'])).toMatchObject({ value: 1 })
    expect(nodeAt(both, ['__proto__', 'b'])).toMatchObject({ value: 2 })
  })
})

describe('a range', () => {
  const forms = ['7', '{ from: 1, to: 9 }', '{ p50: 1, p95: 9 }', '{ from: 2, to: 3 }']
  const pairs = forms.flatMap((base) => forms.map((own) => [base, own] as const))

  it.each(pairs)('is replaced whole, and replaces whole: %s by %s', (base, own) => {
    const read = (text: string): unknown => merged('{ a: 0 }', `{ a: ${text} }`)
    expect(merged(`{ g: { n: ${base}, m: 1 } }`, `{ g: { n: ${own} } }`)).toEqual({
      g: { n: (read(own) as { a: unknown }).a, m: 1 },
    })
  })

  it('is replaced by a part of one too, which the reader then refuses', () => {
    expect(merged('{ n: { from: 1, to: 9 } }', '{ n: { to: 5 } }')).toEqual({ n: { to: 5 } })
  })

  it('is none where its ends are maps, or where there is more: these are names', () => {
    expect(
      merged('{ groups: { from: { n: 1 }, to: { n: 2 } } }', '{ groups: { to: { m: 3 } } }'),
    ).toEqual({ groups: { from: { n: 1 }, to: { n: 2, m: 3 } } })
    expect(merged('{ growth: { from: 2026-12-01, a: 1 } }', '{ growth: { b: 2 } }')).toEqual({
      growth: { from: '2026-12-01', a: 1, b: 2 },
    })
  })
})
