import { describe, expect, it } from 'vitest'
import { main } from '../../../src/cli/main.ts'
import { templateNames } from '../../../src/importers/templates/template.ts'
import type { FakeMachine } from '../fake-world.ts'
import { fakeWorld } from '../fake-world.ts'

async function answer(argv: readonly string[], machine: FakeMachine = {}) {
  const { world, stdout, stderr, written } = fakeWorld(machine)
  const status = await main(argv, world)
  return { status, stdout: stdout(), stderr: stderr(), written: Object.fromEntries(written) }
}

const numbers = ['--memory', '16GB', '--shared', '4GB', '--processes', '50']

describe.each(templateNames)('init %s', (name) => {
  it('writes what a plan reads from standard input', async () => {
    const made = await answer(['init', name, ...numbers])
    expect(made).toMatchObject({ status: 0, stderr: '' })
    const planned = await answer(['-', '--format', 'json'], { stdin: made.stdout })
    expect(planned).toMatchObject({ status: 0, stderr: '' })
    const { host, strategies } = JSON.parse(planned.stdout)
    expect(host.memoryBytes).toBe(16 * 2 ** 30)
    expect(strategies[0]).toMatchObject({ id: 'as-described', applies: true })
  })

  it('shows with --plan what a plan of its file shows, and writes the file as well', async () => {
    const file = (await answer(['init', name, ...numbers])).stdout
    const shown = await answer(['init', name, ...numbers, '--plan', '-o', 'a.yaml'])
    expect(shown).toMatchObject({ status: 0, stderr: '', written: { 'a.yaml': file } })
    const planned = await answer(['a.yaml'], { files: { 'a.yaml': file } })
    expect(shown.stdout).toBe(planned.stdout)
  })
})

describe('init', () => {
  it('prints tables below the screen, and only there', async () => {
    const numbers = ['--memory', '16GB', '--shared', '4GB', '--processes', '200']
    const shown = await answer(['init', 'blank', ...numbers, '--plan', '--show', 'budget'])
    expect(shown.stdout).toContain('MEMORY BUDGET, AS-DESCRIBED')
    for (const option of [['--details'], ['--show', 'risk'], ['-v']]) {
      const refused = await answer(['init', 'blank', ...numbers, ...option])
      expect(refused).toMatchObject({ status: 2, stdout: '' })
      expect(refused.stderr).toMatch(/^mshare-plan: --(details|show|verbose) requires --plan\n$/)
    }
  })

  it('tells which numbers are examples, unless it is to be quiet', async () => {
    const { stderr } = await answer(['init', 'oracle', '--memory', '64GB'])
    expect(stderr).toBe('mshare-plan: these numbers are examples: --shared 38GB --processes 1500\n')
    expect(await answer(['init', 'oracle', '-q', '-o', 'a.yaml'])).toMatchObject({
      stdout: '',
      stderr: '',
      written: { 'a.yaml': expect.stringContaining('example') },
    })
  })

  it('writes no file where one cannot be written, a value is wrong, or the plan has no answer', async () => {
    for (const [argv, status] of [
      [['-o', 'a.yaml', '-o', 'locked.yaml'], 3],
      [['-o', 'a.yaml', '--memory', '5'], 2],
      [['-o', 'a.yaml', '--memory', '1GB', '--shared', '7 PB', '--plan'], 2],
    ] as const) {
      const made = await answer(['init', 'pmem', ...argv], { unwritable: ['locked.yaml'] })
      expect(made).toMatchObject({ status, stdout: '', written: {} })
    }
  })
})
