import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../src/cli/arguments/command-line.ts'
import type { FakeMachine } from '../fake-world.ts'
import { fakeWorld } from '../fake-world.ts'

async function read(argv: readonly string[], machine: FakeMachine = {}) {
  const { world, stdout, stderr } = fakeWorld(machine)
  const line = await readCommandLine(argv, world)
  return { line, stdout: stdout(), stderr: stderr() }
}

async function requestOf(...argv: readonly string[]) {
  const { line } = await read(argv)
  if (line.kind !== 'request') throw new Error('no request')
  return line.request
}

describe('a command line', () => {
  it('without a command is for plan', async () => {
    expect(await requestOf('a.yaml')).toMatchObject({ command: 'plan', implied: true })
    expect(await requestOf('plan', 'a.yaml')).toMatchObject({ command: 'plan', implied: false })
  })

  it('has options before the command, behind it and between the files', async () => {
    const request = await requestOf('--format', 'json', 'check', 'a.yaml', '-q', 'b.yaml')
    expect(request).toMatchObject({ command: 'check', operands: ['a.yaml', 'b.yaml'] })
    expect(request.options).toEqual({ format: 'json', quiet: true })
  })

  it('has files behind -- that look like options', async () => {
    expect((await requestOf('--', '--help')).operands).toEqual(['--help'])
  })

  it('has the last of options given twice, and all of those that are repeatable', async () => {
    const argv = ['a.yaml', '--max-risk', 'oom', '--max-risk', 'safe']
    const { options } = await requestOf(...argv, '--set', 'a=1', '--set', 'b=2', '--no-waivers')
    expect(options).toEqual({
      maxRisk: [{ option: '--max-risk', path: 'gates.risk', value: 'safe' }],
      set: [
        { path: 'a', value: '1' },
        { path: 'b', value: '2' },
      ],
      noWaivers: true,
    })
  })

  it.each([
    [['layouts', '--set', 'a=1'], '--set does not apply to layouts, only to plan,'],
    [['a.yaml', '--memory', '8GB'], '--memory does not apply to plan, only to import'],
    [['a.yaml', '--fromat'], "unknown option '--fromat'\n(Did you mean --format?)"],
    [['a.yaml', '--memory'], "option '--memory SIZE' argument missing"],
    [['a.yaml', '--\x1b[31mred'], String.raw`unknown option '--\x1b[31mred'`],
  ])('with a mistake is refused: %j', async (argv, words) => {
    const { line, stdout, stderr } = await read(argv)
    expect(line).toEqual({ kind: 'done', status: 2 })
    expect([stdout, stderr]).toEqual(['', expect.stringContaining(`mshare-plan: ${words}`)])
  })
})

describe('help', () => {
  it('of a command lists its own options alone, with the names of their arguments', async () => {
    const { stdout } = await read(['verify', '--help'])
    expect(stdout).toMatch(/^ {2}--max-residual AMOUNT /m)
    expect(stdout).not.toContain('--memory')
    expect((await read(['help', 'verify'])).stdout).toBe(stdout)
  })

  it('of help is that of the program', async () => {
    const { stdout } = await read(['--help'])
    expect(await read(['help', 'help'])).toMatchObject({ line: { status: 0 }, stdout, stderr: '' })
  })

  it('of a command that does not exist is refused, with a suggestion', async () => {
    const { line, stdout, stderr } = await read(['help', 'pln'])
    expect(line).toEqual({ kind: 'done', status: 2 })
    expect([stdout, stderr]).toEqual([
      '',
      'mshare-plan: no command is called pln; did you mean plan?\n',
    ])
    expect((await read(['help', 'nonsense'])).stderr).toContain('commands are plan, check, ')
  })

  it.each([[[]], [['--help']], [['--version']], [['help', 'limits']]])(
    'ends with status 3 where it cannot be written: %j',
    async (argv) => {
      const { line, stderr } = await read(argv, { brokenStdout: 'ENOSPC' })
      expect(line).toEqual({ kind: 'done', status: 3 })
      expect(stderr).toBe(
        'mshare-plan: cannot write standard output: no space left on the device (ENOSPC)\n',
      )
    },
  )
})
