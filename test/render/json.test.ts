import { expect, test } from 'vitest'
import { renderJson, renderJsonLines } from '../../src/render/json.ts'

test('JSON holds nothing that a terminal would obey, and loses nothing', () => {
  const value = { name: 'a\x1b[31m\x9b2J\u202e\u200f\u2028\u{e0001}\x7f Größe 共有 😀\n' }
  const text = renderJson(value)
  expect(JSON.parse(text)).toEqual(value)
  expect(text).toBe(
    '{\n  "name": "a\\u001b[31m\\u009b2J\\u202e\\u200f\\u2028\\udb40\\udc01\\u007f Größe 共有 😀\\n"\n}\n',
  )
})

test('JSON has two blanks per step and ends with a line feed', () => {
  expect(renderJson({ bytes: 4096 })).toBe('{\n  "bytes": 4096\n}\n')
})

test('JSON lines have one value a line, and are as harmless', () => {
  expect(renderJsonLines([{ name: 'a\nb\x7f' }, { bytes: 1 }])).toBe(
    '{"name":"a\\nb\\u007f"}\n{"bytes":1}\n',
  )
})
