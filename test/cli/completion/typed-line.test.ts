import { describe, expect, it } from 'vitest'
import { longName } from '../../../src/cli/arguments/option.ts'
import { typedLine } from '../../../src/cli/completion/typed-line.ts'

/** The line with the cursor at the end of its last word. */
const line = (...words: readonly string[]) => typedLine(words, words.length - 1)
const typing = (...words: readonly string[]) => {
  const { typing: at } = line(...words)
  return at.kind === 'value' ? { ...at, option: longName(at.option.flags) } : at
}

describe('a line under way', () => {
  it('is for plan until a command is written', () => {
    expect(line('')).toMatchObject({ command: 'plan', isImplied: true, operands: [] })
    expect(line('a.yaml', '')).toMatchObject({ command: 'plan', operands: ['a.yaml'] })
    expect(line('check', '')).toMatchObject({ command: 'check', isImplied: false, operands: [] })
    expect(line('-q', 'limits', 'a.yaml', '')).toMatchObject({
      command: 'limits',
      operands: ['a.yaml'],
    })
    expect(line('help', '')).toMatchObject({ command: 'help' })
  })

  it('has operands that are neither options nor their values', () => {
    const words = ['--format', 'json', 'a.yaml', '--set=x=1', '-o', 'b.json', '-ob.txt', 'c.yaml']
    expect(line(...words, '').operands).toEqual(['a.yaml', 'c.yaml'])
    expect(line('-qo', 'out.json', 'a.yaml', '').operands).toEqual(['a.yaml'])
    expect(line('-', '--', '--help', '').operands).toEqual(['-', '--help'])
  })

  it('has operands behind the cursor too', () => {
    const { operands, allOperands } = typedLine(['--set', 'gro', 'a.yaml', '-q', 'b.yaml'], 1)
    expect([operands, allOperands]).toEqual([[], ['a.yaml', 'b.yaml']])
    expect(typedLine(['a', 'b', 'c'], 1).allOperands).toEqual(['a', 'b', 'c'])
    expect(typedLine(['--', 'b', '-c'], 1).allOperands).toEqual(['b', '-c'])
  })

  it('knows which options are given', () => {
    const given = [...line('--color', 'never', '-q', '--nonsense', '').given]
    expect(given.map(({ flags }) => longName(flags))).toEqual(['--color', '--quiet'])
  })
})

describe('the word at the cursor', () => {
  it('is an operand, or an option where it begins with a dash', () => {
    expect(typing('ser')).toEqual({ kind: 'operand', text: 'ser' })
    expect(typing('-')).toEqual({ kind: 'option', text: '-' })
    expect(typing('--fo')).toEqual({ kind: 'option', text: '--fo' })
    expect(typing('--', '--fo')).toEqual({ kind: 'operand', text: '--fo' })
    expect(typing('--quiet=x')).toEqual({ kind: 'option', text: '--quiet=x' })
    expect(typing('--nonsense=x')).toEqual({ kind: 'option', text: '--nonsense=x' })
  })

  it('is a value behind its option, also in the same word', () => {
    const value = { kind: 'value', option: '--output' }
    expect(typing('-o', 'out')).toEqual({ ...value, before: '', text: 'out' })
    expect(typing('-oout')).toEqual({ ...value, before: '-o', text: 'out' })
    expect(typing('-qoout')).toEqual({ ...value, before: '-qo', text: 'out' })
    expect(typing('--output=out')).toEqual({ ...value, before: '--output=', text: 'out' })
    expect(typing('--output', '--he')).toEqual({ ...value, before: '', text: '--he' })
    expect(typing('--set=a=b')).toEqual({
      kind: 'value',
      option: '--set',
      before: '--set=',
      text: 'a=b',
    })
  })
})
