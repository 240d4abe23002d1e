import { expect, it } from 'vitest'
import { flowText, textValue } from '../../../src/scenario/yaml/flow-text.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'

function root(text: string) {
  const reading = readYaml({ file: '', text })
  if (reading.root === undefined) throw new Error(text)
  return reading.root
}

it('writes a node as one line, numbers as they were written', () => {
  expect(flowText(root('a:\n- 6.10\n- {}\n- [1, ~]\nb:\n  c d: "6.10"\n'))).toBe(
    '{ a: [6.10, {}, [1, null]], b: { c d: "6.10" } }',
  )
  expect(flowText(root('a: b c\n'), 'json')).toBe('{ "a": "b c" }')
})

it.each([
  ['64 GiB', '64 GiB'],
  ['40%', '40%'],
  ['', '""'],
  ['true', '"true"'],
  ['6.10', '"6.10"'],
  ['<<', '"<<"'],
  ['a, b', '"a, b"'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  ['- a', '"- a"'],
  [' a', '" a"'],
  ['[', '"["'],
  ['&a', '"&a"'],
  ['a\nb', '"a\\nb"'],
  ['a"b\u202e', '"a\\"b\\u202e"'],
  ['a\x07\u{e0001}', '"a\\u0007\\U000e0001"'],
])('quotes %j where it would be read as something else: %s', (text, written) => {
  expect(textValue(text)).toBe(written)
  expect(root(`{ ${written}: [${written}] }`)).toMatchObject({ kind: 'map' })
  const { entries } = root(`{ k: ${written} }`) as Extract<ReturnType<typeof root>, { kind: 'map' }>
  expect(entries.get('k')?.node).toMatchObject({ value: text })
})
