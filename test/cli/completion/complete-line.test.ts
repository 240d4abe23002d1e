import { describe, expect, it } from 'vitest'
import { helpText, longName } from '../../../src/cli/arguments/option.ts'
import { options, optionsOf } from '../../../src/cli/arguments/options.ts'
import { completeLine } from '../../../src/cli/completion/complete-line.ts'
import { commands } from '../../../src/cli/output/formats.ts'
import { findingIds } from '../../../src/workload/finding-ids.ts'
import { fakeWorld } from '../fake-world.ts'

const scenario = `
version: 1
host: { memory: 64 GiB, layout: s390x }
groups: { clients: { processes: 2 } }
`
const machine = {
  files: {
    'server.yaml': scenario,
    'broken.yaml': 'version: [',
    'binary.yaml': Uint8Array.of(0xff, 0xfe, 0),
    'saved.json': '{ "schema": "mshare-plan/result/1" }',
  },
  obstructed: { 'secret.yaml': 'denied', 'pipe.yaml': 'special' },
} as const
const { world, stdout, stderr, written } = fakeWorld(machine)
const complete = (...words: readonly string[]) => completeLine(words, words.length - 1, world)
const texts = (...words: readonly string[]) => complete(...words).candidates.map(({ text }) => text)

describe('every option', () => {
  const all = commands.flatMap((command) =>
    optionsOf(command).map((option) => ({ command, option, name: longName(option.flags) })),
  )
  const listed = all.flatMap(({ command, option, name }) => {
    const [, list] = / \(([\w-]+(?:, [\w-]+)+)\)/.exec(helpText(option, command)) ?? []
    return list === undefined ? [] : [{ command, name, words: list.split(', ') }]
  })

  it('of a command is offered for it', () => {
    for (const { command, name } of all) expect(texts(command, '--')).toContain(name)
  })

  it('with a list of words in its help completes these', () => {
    expect(listed.length).toBeGreaterThan(15)
    for (const { command, name, words } of listed) {
      expect(texts(command, name, '')).toEqual(words)
      expect(complete(command, `${name}=x`)).toMatchObject({ before: `${name}=` })
    }
  })

  it('with a fixed set of values refuses any other', () => {
    const free = ['--format', '--max-risk', '--fail-on']
    for (const { name } of listed.filter((one) => !free.includes(one.name))) {
      const option = Object.values(options).find(({ flags }) => longName(flags) === name)
      expect(() => option?.read(['no such word'])).toThrow('is invalid; write')
    }
  })

  it('whose argument is called FILE completes files', () => {
    const taking = all.filter(({ option }) => option.flags.endsWith(' FILE'))
    expect(taking.length).toBeGreaterThan(8)
    for (const { command, name } of taking) expect(complete(command, name, '').files).toBeDefined()
  })

  it('is offered once, or as often as it may be given', () => {
    expect(texts('--color', 'never', '--set', 'a=1', '--')).not.toContain('--color')
    expect(texts('--color', 'never', '--set', 'a=1', '--')).toContain('--set')
  })

  it('has its short name offered behind a single dash', () => {
    expect(texts('-')).toEqual(expect.arrayContaining(['-f', '--format', '-V', '-h']))
    expect(texts('--')).not.toContain('-f')
  })
})

describe('the first word', () => {
  it('is a command or a scenario', () => {
    expect(texts('')).toEqual([...commands, 'help'])
    expect(complete('').files).toEqual({ endings: ['.yaml', '.yml', '.json'] })
  })

  it('behind help is a command, and behind a file no longer', () => {
    expect(texts('help', '')).toEqual([...commands])
    expect(texts('help', 'plan', '')).toEqual([])
    expect(texts('server.yaml', '')).toEqual([])
  })
})

describe('what a command takes', () => {
  it('are scenarios, findings, any file, or nothing', () => {
    for (const command of ['plan', 'check', 'limits', 'verify']) {
      expect(complete(command, '').files?.endings).toContain('.yaml')
    }
    expect(texts('explain', '')).toEqual(expect.arrayContaining(Object.values(findingIds)))
    expect(texts('explain', '')).toEqual(expect.arrayContaining(['headroom', 'safe-to', 'pte']))
    expect(complete('explain', 'MSP001', '').files).toBeUndefined()
    expect(complete('explain', 'headroom', '').files).toBeUndefined()
    expect(complete('explain', 'server.yaml', '')).toMatchObject({ candidates: [] })
    expect(complete('import', '').files).toEqual({ endings: [] })
    expect(complete('import', 'my.cnf', '').files).toBeUndefined()
    expect(complete('capture', '').files).toEqual({ endings: [] })
    expect(complete('layouts', '')).toEqual({ before: '', candidates: [] })
  })

  it('are templates for init, one of them', () => {
    expect(texts('init', '')).toEqual(expect.arrayContaining(['oracle', 'postgresql', 'blank']))
    expect(texts('init', 'mysql', '')).toEqual([])
  })

  it('are shells for completion', () => {
    expect(texts('completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect(texts('completion', 'bash', '')).toEqual([])
  })
})

describe('--set', () => {
  it('completes the keys of the scenario on the line, wherever it is written', () => {
    expect(texts('server.yaml', '--set', 'groups.')).toEqual(['groups.clients.'])
    expect(completeLine(['--set', 'groups.', 'server.yaml'], 1, world).candidates).toHaveLength(1)
    expect(complete('server.yaml', '--set', 'gates.risk=').before).toBe('gates.risk=')
    expect(complete('server.yaml', '--set=gates.risk=').before).toBe('--set=gates.risk=')
  })

  it('offers strategies of the layout of the scenario', () => {
    expect(texts('server.yaml', '--set', 'gates.strategy=')).toContain('hugetlb-1m')
    expect(texts('server.yaml', '--set', 'gates.strategy=')).not.toContain('hugetlb-2m')
    expect(texts('explain', 'server.yaml', '--strategy', '')).toContain('hugetlb-1m')
    expect(texts('explain', '--strategy', '')).toContain('hugetlb-2m')
  })

  it.each(['broken.yaml', 'binary.yaml', 'secret.yaml', 'saved.json'])(
    'offers nothing where the scenario cannot be read: %s',
    (path) => {
      expect(texts(path, '--set', 'gr')).toEqual([])
    },
  )

  it.each(['missing.yaml', 'pipe.yaml', '-'])('offers keys of the schema beside %s', (path) => {
    expect(texts(path, '--set', 'gr')).toContain('groups.')
  })
})

it('values that only the user knows are not guessed', () => {
  for (const name of ['--pid', '--name', '--user', '--cgroup']) {
    expect(complete('capture', name, '')).toEqual({ before: '', candidates: [] })
  }
})

it('says nothing and writes nothing', () => {
  complete('broken.yaml', '--set', 'x')
  expect([stdout(), stderr(), written.size]).toEqual(['', '', 0])
})
