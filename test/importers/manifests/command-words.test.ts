import { describe, expect, it } from 'vitest'
import { commandWords, settingsIn } from '../../../src/importers/manifests/command-words.ts'
import { readYaml } from '../../../src/scenario/yaml/read-yaml.ts'
import { nodeAt, toIssue } from '../../../src/scenario/yaml/yaml-tree.ts'

function wordsOf(yaml: string) {
  const { root } = readYaml({ file: 'c', text: yaml })
  return commandWords(root === undefined ? undefined : nodeAt(root, ['command']))
}

function settingsOf(yaml: string): readonly string[] {
  const { settings, flaws } = settingsIn(wordsOf(yaml).words)
  return [
    ...settings.map(({ name, value, valueSpot }) => {
      const { line, column } = toIssue({ message: '', spot: valueSpot })
      return `${name}=${value} (${line}:${column})`
    }),
    ...flaws.map(({ message }) => message),
  ]
}

describe('the command of a service', () => {
  it('is a list, or a text that is divided as a shell does', () => {
    expect(settingsOf('command: ["-c", "work_mem=8MB", "--max-connections=5"]')).toEqual([
      'work_mem=8MB (1:18)',
      'max_connections=5 (1:34)',
    ])
    expect(settingsOf("command: postgres -c work_mem=8MB -c 'a b'=1")).toEqual([
      'work_mem=8MB (1:22)',
      'a b=1 (1:10)',
    ])
  })

  it('has short options of postgres', () => {
    expect(settingsOf('command: postgres -N 300 -B4GB -cwork_mem=1MB')).toEqual([
      'max_connections=300 (1:22)',
      'shared_buffers=4GB (1:26)',
      'work_mem=1MB (1:32)',
    ])
  })

  it('that sets nothing says so', () => {
    expect(settingsOf('command: postgres -c work_mem')).toEqual(['`work_mem` sets nothing'])
    expect(settingsOf('command: postgres -c')).toEqual(['`` sets nothing'])
  })

  it('takes the default of a variable, and asks for one without', () => {
    expect(settingsOf('command: -c work_mem=$'.concat('{MEM:-4MB}'))).toEqual([
      'work_mem=4MB (1:13)',
    ])
    const { flaws } = wordsOf('command: -c work_mem=$'.concat('{MEM}'))
    expect(flaws.map(({ message }) => message)).toEqual(['the value of `MEM` is not in this file'])
  })

  it('may be absent, or empty', () => {
    expect(wordsOf('command:')).toEqual({ words: [], flaws: [] })
    expect(wordsOf('image: x')).toEqual({ words: [], flaws: [] })
    expect(wordsOf('command: { a: 1 }').flaws).toHaveLength(1)
  })
})
