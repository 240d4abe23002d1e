import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../src/scenario/yaml/read-json.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'

const read = (text: string) => readJson({ file: 'a.json', text })
const readAsYaml = (text: string) => readYaml({ file: 'a.json', text })

describe('ordinary JSON', () => {
  it('is a tree whose parts know their places', () => {
    const source = { file: 'a.json', text: '{ "a": [1, "x"] }\n' }
    const at = (offset: number) => ({ source, offset })
    expect(readJson(source)).toEqual({
      kind: 'map',
      spot: at(0),
      entries: new Map([
        [
          'a',
          {
            key: at(2),
            node: {
              kind: 'list',
              spot: at(7),
              items: [
                { kind: 'scalar', spot: at(8), value: 1, text: '1' },
                { kind: 'scalar', spot: at(11), value: 'x', text: 'x' },
              ],
            },
          },
        ],
      ]),
    })
  })

  it.each([
    '{"kernel":6.10,"zero":-0,"large":1e400,"long":12345678901234567890123,"small":-2.5E-3}',
    '{"a":null,"b":true,"c":false,"d":{},"e":[],"f":[[],{}],"g":"","h":"a: b # c, [d] {e} *f &g"}',
    '{\n  "Größe 共有 😀":\n    "é"\n}\n',
  ])('is read as YAML reads it: %s', (text) => {
    const tree = read(text)
    expect(tree).toBeDefined()
    expect(readAsYaml(text)).toEqual({ root: tree, flaws: [] })
  })

  it('is read as YAML reads it, whatever it says', () => {
    let known = 0
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, 7), (json, indent) => {
        const text = JSON.stringify({ value: JSON.parse(json) }, null, indent)
        const tree = read(text)
        if (tree === undefined) return
        known += 1
        expect(readAsYaml(text)).toEqual({ root: tree, flaws: [] })
      }),
    )
    expect(known).toBeGreaterThan(20)
  })
})

describe('left to the YAML reader, which has the words for it', () => {
  it.each([
    ['a key given twice', '{"a":1,"a":2}'],
    ['a merge key', '{"<<":{"a":1}}'],
    ['a key without text', '{"":1}'],
    ['an escape', '{"a":"\\u0041"}'],
    ['the end of a line of Windows', '{"a":1}\r\n'],
    ['a tab', '{\t"a":1}'],
    ['a comma too many', '{"a":1,}'],
    ['no value', '{"a":}'],
    ['a value without quotes', '{"a":64 GiB}'],
    ['a number with a leading zero', '{"a":010}'],
    ['text behind its end', '{"a":1} {"b":2}'],
    ['a string over two lines', '{"a":"x\ny"}'],
    ['an open end', '{"a":[1'],
    ['a list', '[1]'],
    ['nothing', ''],
    ['a control character', '{"a":"\u0085"}'],
    ['half a character', '{"a":"\ud83d"}'],
    ['a nesting of sixty', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`],
    ['a long key', `{"${'k'.repeat(1000)}":1}`],
  ])('%s', (_what, text) => {
    expect(read(text)).toBeUndefined()
  })
})
