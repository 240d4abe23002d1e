import { describe, expect, it } from 'vitest'
import type { OutputRequest } from '../../../src/cli/output/delivery.ts'
import { checkOutputs, deliver, deliverResults } from '../../../src/cli/output/delivery.ts'
import type { Status } from '../../../src/cli/output/status.ts'
import type { FakeMachine } from '../fake-world.ts'
import { fakeWorld } from '../fake-world.ts'

const renderers = { table: async () => 'a table\n', json: async () => '{}\n' }
const files: OutputRequest = {
  format: 'table',
  outputs: [
    { path: 'a.json', format: 'json' },
    { path: 'b.txt', format: 'table' },
  ],
  color: 'auto',
}

async function delivered(machine: FakeMachine = {}, request = files) {
  const fake = fakeWorld(machine)
  const status = await deliver(request, fake.world, renderers)
  const written = Object.fromEntries(fake.written)
  return { status, stdout: fake.stdout(), stderr: fake.stderr(), written }
}

describe('a result', () => {
  it('is printed, and written in the format of each file', async () => {
    expect(await delivered()).toEqual({
      status: 0,
      stdout: 'a table\n',
      stderr: '',
      written: { 'a.json': '{}\n', 'b.txt': 'a table\n' },
    })
  })

  it('is written nowhere if it cannot be printed', async () => {
    const { status, written } = await delivered({ brokenStdout: 'ENOSPC' })
    expect([status, written]).toEqual([3, {}])
  })

  it('is not written any further behind a file that fails', async () => {
    const first = await delivered({ breaksWhileWriting: ['a.json'] })
    expect([first.status, first.written]).toEqual([3, {}])
    const second = await delivered({ breaksWhileWriting: ['b.txt'] })
    expect([second.status, second.written]).toEqual([3, { 'a.json': '{}\n' }])
    expect(second.stderr).toContain('cannot write b.txt')
  })
})

describe('the results of several scenarios', () => {
  it('are printed, but not written, if one is missing', async () => {
    const { world, stdout, stderr, written } = fakeWorld()
    expect(await deliverResults(files, { count: 2, failed: [2] }, world, renderers)).toBe(0)
    expect([stdout(), written.size]).toEqual(['a table\n', 0])
    expect(stderr()).toContain('a.json was not written; not every scenario has a result')
  })

  it('are not printed if all are missing', async () => {
    const { world, stdout } = fakeWorld()
    await deliverResults(files, { count: 0, failed: [3] }, world, renderers)
    expect(stdout()).toBe('')
  })

  it('are written as metrics even if one is missing, but not if the user interrupts', async () => {
    const metrics = { outputs: [{ path: 'm.prom', format: 'openmetrics' }], color: 'auto' } as const
    const written = async (failed: readonly Status[]) => {
      const fake = fakeWorld()
      const openmetrics = async () => '# EOF\n'
      const outcome = { count: 0, failed, unanswered: 1 }
      await deliverResults(metrics, outcome, fake.world, { openmetrics })
      return [...fake.written.keys()]
    }
    expect(await written([2])).toEqual(['m.prom'])
    expect(await written([2, 3])).toEqual([])
  })
})

describe('an output file', () => {
  it.each([
    ['an input', ['./a.json'], {}, 2, 'it is also an input'],
    ['a file that cannot be written', [], { unwritable: ['b.txt'] }, 3, 'permission denied'],
  ] as const)('is refused before the work: %s', async (_, inputs, machine, status, words) => {
    const { world, stderr } = fakeWorld(machine)
    expect(await checkOutputs(files, inputs, world)).toBe(status)
    expect(stderr()).toContain(words)
  })

  it('is refused if it is named twice', async () => {
    const { world, stderr } = fakeWorld()
    const [output] = files.outputs
    const twice = { ...files, outputs: [output, output].filter((one) => one !== undefined) }
    expect(await checkOutputs(twice, [], world)).toBe(2)
    expect(stderr()).toContain('it is also another output')
  })
})
