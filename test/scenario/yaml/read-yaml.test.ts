import { describe, expect, test } from 'vitest'
import { readScenario } from '../../../src/scenario/read-scenario.ts'
import { cpuTime } from '../../cpu-time.ts'
import { places } from '../reading.ts'

const most = 4 * 2 ** 20 - 10
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghij'].map(
    (name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[index]}`).join(',')}]`,
  ),
].join('\n')

describe('a text that is no scenario is one clear issue', () => {
  test.each([
    ['empty', '', '1:1 the text is empty'],
    ['blank', ' \n\n', '1:1 the text is empty'],
    ['only a comment', '# hello\n', '1:1 no value, only comments or document marks'],
    ['only a document mark', '---\n', '1:4 no value, only comments or document marks'],
    ['binary', 'ab\ncd\0ef', '2:3 a binary file, not a scenario'],
    ['a word', 'hello', '1:1 the scenario has no keys'],
    ['a list', '- a\n', '1:1 the scenario has no keys'],
    ['two documents', 'version: 1\n---\nversion: 1\n', '2:1 a second document begins here'],
    [
      '50 MB of junk',
      'x'.repeat(5e7),
      '1:1 the file is too large for a scenario: 50000000 characters',
    ],
    ['10,000 brackets', '['.repeat(10_000), '1:64 nested too deeply for a scenario'],
    ['10,000 braces', '{a: '.repeat(10_000), '1:253 nested too deeply for a scenario'],
    ['10,000 list marks', '- '.repeat(10_000), '1:127 nested too deeply for a scenario'],
    [
      '2,500 blocks',
      Array.from({ length: 2500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      '64:64 nested too deeply for a scenario',
    ],
    ['millions of list items', '- 1\n'.repeat(most / 4), '60000:4 too many values for a scenario'],
    ['an alias bomb', bomb, '6:11 the aliases expand to too many values'],
    ['an alias of itself', 'a: &a [*a]', '1:8 the alias `*a` contains itself'],
    ['an unknown alias', 'a: *b', '1:4 the alias `*b` has no anchor `&b` before it'],
    ['a tag', 'a: !!js/function x', '1:18 tags have no meaning in a scenario: `!!js/function`'],
    ['a thousand tags', '! '.repeat(1e5), '1:2001 tags have no meaning in a scenario'],
    ['a key that is a list', '? [a]\n: 1', '1:3 a key must be text'],
    [
      'tabs',
      'host:\n\tmemory: 1 GB',
      '2:1 neither YAML nor JSON: tabs are not allowed as indentation',
    ],
  ])('%s', (_, text, expected) => {
    const before = cpuTime()
    expect(places(text)).toEqual([expected])
    expect(cpuTime() - before).toBeLessThan(10_000)
  })
})

test.each([...'{[:,"\'|>%@`&*!?-#~'].flatMap((sign) => [`${sign} `, `a: ${sign}\n`]))(
  '32 KiB of %j end in an issue, in time',
  (unit) => {
    const before = cpuTime()
    const reading = readScenario(unit.repeat(Math.floor(2 ** 15 / unit.length)), 'f')
    expect(reading.ok).toBe(false)
    expect(cpuTime() - before).toBeLessThan(10_000)
  },
)
