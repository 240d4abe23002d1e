import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../src/cli/arguments/command-line.ts'
import { afterHelp, examples, manual } from '../../../src/cli/arguments/command-manual.ts'
import { readShellCommand } from '../../transcript/shell-words.ts'
import { fakeWorld } from '../fake-world.ts'

describe('the text below the options', () => {
  it('fits 80 columns and ends in the exit statuses', () => {
    expect(afterHelp.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(afterHelp).toMatch(/\n {2}70 {2}a bug in mshare-plan$/)
  })

  it('breaks a long line between words and indents the rest', () => {
    expect(afterHelp).toContain(
      '\n  a directory: its *.yaml, *.yml and *.json, except hidden files and\n    *.schema.json\n',
    )
  })
})

it.each(examples)('the example is a command line that can be obeyed: %s', async (words) => {
  const { world, stderr } = fakeWorld()
  const line = await readCommandLine(readShellCommand(words).words, world)
  expect(stderr()).toBe('')
  expect(line.kind).toBe('request')
})

it('every command says what it is for in one line without a full stop', () => {
  const synopses = Object.values(manual).map(({ synopsis }) => synopsis)
  expect(
    synopses.filter((text) => /[.\n]|^[A-Z]/.test(text.replace(/\.(conf|ora|cnf)/g, ''))),
  ).toEqual([])
})
