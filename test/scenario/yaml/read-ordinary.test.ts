import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOrdinary } from '../../../src/scenario/yaml/read-ordinary.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'

const read = (text: string) => readOrdinary({ file: 'a.yaml', text })
const readAsYaml = (text: string) => readYaml({ file: 'a.yaml', text })

describe('ordinary JSON', () => {
  it('is a tree whose parts know their places', () => {
    const source = { file: 'a.yaml', text: '{ "a": [1, "x"] }\n' }
    const at = (offset: number) => ({ source, offset })
    expect(readOrdinary(source)).toEqual({
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

describe('ordinary YAML', () => {
  it('is a tree whose parts know their places', () => {
    const source = { file: 'a.yaml', text: '# SGA\na:\n  - b: 2 MiB # huge\n' }
    const at = (offset: number) => ({ source, offset })
    const size = { kind: 'scalar', spot: at(16), value: '2 MiB', text: '2 MiB' }
    const item = {
      kind: 'map',
      spot: at(13),
      entries: new Map([['b', { key: at(13), node: size }]]),
    }
    expect(readOrdinary(source)).toEqual({
      kind: 'map',
      spot: at(6),
      entries: new Map([
        ['a', { key: at(6), node: { kind: 'list', spot: at(11), items: [item] } }],
      ]),
    })
  })

  it.each([
    ['numbers', 'a: 010\nb: +5\nc: -0\nd: 6.10\ne: .5\nf: 5.\ng: 1e3\nh: 99999999999999999999'],
    ['words', 'a: ~\nb: Null\nc: TRUE\nd: False\ne: yes\nf: "true"\ng: nULL'],
    ['text', "a: 300 GB\nb: 40%\nc: it's # no text\nd: a#b:c\ne: 'x: # y'\nf: \"\"\ng: -x\nh: é"],
    ['keys', '2 MiB : 1\n"b c":\n  d: 1\n\'e\': 2\n10: x\nnull: y\n__proto__: z'],
    ['lists', 'a:\n- b: 1\n  c: 2\n-   d: 3\n    e: 4\n- f\ng:\n    - { h: 1 }\n    - [i]\nj: []'],
    [
      'flows',
      'a: { 2 MiB: 153600, "b":1, c: [x y, {}] } # d\ne: [\n    f,\n\n    { g:\n h }\n  ]\ni: j',
    ],
    [
      'blank lines and comments',
      '\n# a\n--- \n\nb:   \n # c\n\n     # d\n  e: f  \n\n   \n#g\nh: i',
    ],
  ])('is read as YAML reads it: %s', (_what, text) => {
    const tree = read(text)
    expect(tree).toBeDefined()
    expect(readAsYaml(text)).toEqual({ root: tree, flaws: [] })
  })

  it('is read in one long line', () => {
    const text = `a: ${'x '.repeat(2 ** 20)}y`
    expect(read(text)?.kind).toBe('map')
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
    ['text behind its end', '{"a":1} {"b":2}'],
    ['a string over two lines', '{"a":"x\ny"}'],
    ['an open end', '{"a":[1'],
    ['a list', '[1]'],
    ['nothing behind a key', 'a:\nb: 1'],
    ['a key given twice in two ways', 'a: 1\n"a": 2'],
    ['a text over two lines', 'a: b\n  c'],
    ['a block of text', 'a: |\n  b'],
    ['an anchor', 'a: &b 1'],
    ['an alias', 'a: *b'],
    ['a tag', 'a: !!str 1'],
    ['a key with a mark', '? a\n: b'],
    ['a quotation mark twice', "a: 'it''s'"],
    ['an escape in a value', 'a: "b\\n"'],
    ['a key in a value', 'a: b: c'],
    ['a line too far left', ' a: 1\nb: 2'],
    ['a line too far right', 'a:\n  b: 1\n   c: 2'],
    ['a line between two levels', 'a:\n   b: 1\n  c: 2'],
    ['a list in a list', 'a:\n  - - b'],
    ['an empty item', 'a:\n  -\n    b: 1'],
    ['an end of a flow that is too far left', 'a:\n  b: [1\n  ]'],
    ['a pair in a list', 'a: [b: c]'],
    ['a comment that touches a text', 'a: "b"#c'],
    ['a second document', 'a: 1\n---\nb: 2'],
    ['an end of the document', 'a: 1\n...'],
    ['a directive', '%YAML 1.1\n---\na: 1'],
    ['an octal number', 'a: 0o17'],
    ['a hexadecimal number', 'a: 0x10'],
    ['infinity', 'a: -.INF'],
    ['too many lines', `a: 1\n${'\n'.repeat(80_000)}`],
    ['nothing', ''],
    ['a control character', '{"a":"\u0085"}'],
    ['half a character', '{"a":"\ud83d"}'],
    ['a nesting of sixty', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`],
    ['a long key', `{"${'k'.repeat(1000)}":1}`],
  ])('%s', (_what, text) => {
    expect(read(text)).toBeUndefined()
  })
})
