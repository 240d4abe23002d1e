import { describe, expect, it } from 'vitest'
import { yamlText } from '../../../src/report/scenario/yaml-text.ts'
import { readData } from '../../../src/scenario/read-data.ts'
import { encode } from '../../../src/scenario/yaml/plain-data.ts'
import { shipped, textOf } from '../../scenarios/shipped.ts'

const readBack = (text: string): unknown => readData(text, 'changed.yaml', [])

describe('a scenario that was written without its comments', () => {
  it.each(shipped)('reads back as the same: %s', (name) => {
    const data = readData(textOf(name), `${name}.yaml`, [])
    expect(readBack(yamlText(data))).toEqual(data)
  })

  it.each([
    ...['yes', 'null', '~', '1e3', '0x10', '010', '1_000', '12:30:45', '2027-01-31', '.inf', '<<'],
    ...['a: b', '- a', '#a', 'a #b', ' a', 'a ', '', '*a', '&a', '!a', '%a', '@a', '`a`', '{', ']'],
    ...[
      'a\nb',
      '\u0000',
      '\u202e',
      '\ud800',
      'ünïcode',
      '__proto__',
      'constructor',
      '7',
      "it's",
      '"',
    ],
  ])('keeps the text %j as a name and as a value', (text) => {
    const data = encode({ name: text, groups: { [text === '' ? 'x' : text]: { cgroup: text } } })
    expect(readBack(yamlText(data))).toEqual(data)
  })
})

it('leaves plain what reads best so', () => {
  expect(yamlText(encode({ host: { memory: '512 GB' }, maps: [{ touched: '40%' }, []] }))).toBe(
    'host:\n  memory: 512 GB\nmaps:\n  - touched: 40%\n  - []\n',
  )
})
