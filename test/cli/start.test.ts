import { afterEach, describe, expect, it, vi } from 'vitest'
import type { OutputStream, Refusal } from '../../src/cli/machine/world.ts'
import type { Parts } from '../../src/cli/start.ts'
import { start } from '../../src/cli/start.ts'
import { tool } from '../../src/plan/result/tool.ts'
import { fakeWorld } from './fake-world.ts'

const before = process.exitCode
afterEach(() => {
  process.exitCode = before
  process.removeAllListeners('beforeExit')
})

/** Starts the words; the program notes what it is asked and ends with 3. */
async function started(words: readonly string[], refusal?: Refusal) {
  const [written, asked]: [string[], string[][]] = [[], []]
  const stdout: OutputStream = {
    isTerminal: false,
    write: async (text) => {
      written.push(text)
      return refusal
    },
  }
  await start(
    words,
    partsOf(async (argv) => {
      asked.push([...argv])
      return 3
    }),
    stdout,
  )
  return { written, asked, status: process.exitCode }
}

function partsOf(main: ReturnType<Parts['program']>['main']): Parts {
  return {
    help: () => ({ introduction: 'try this', program: 'all' }),
    program: () => ({ main, nodeWorld: () => fakeWorld({}).world }),
  }
}

describe('the start of the program', () => {
  it('has failed until the program has said how it went', async () => {
    void start(
      ['server.yaml'],
      partsOf(() => new Promise(() => {})),
    )
    await Promise.resolve()
    expect(process.exitCode).toBe(70)
    expect(process.listenerCount('beforeExit')).toBe(1)
  })

  it('has failed where a part of it cannot be loaded', async () => {
    const missing = () => {
      throw new Error('planted: cannot find ./plan.cjs')
    }
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    await start(['server.yaml'], { ...partsOf(async () => 0), program: missing })
    expect(process.exitCode).toBe(70)
    expect(String(said.mock.calls[0]?.[0])).toContain('planted')
    said.mockRestore()
  })

  it.each([0, 1, 2, 3, 70] as const)('ends with the status of the program: %s', async (status) => {
    await start(
      ['server.yaml'],
      partsOf(async () => status),
    )
    expect(process.exitCode).toBe(status)
    expect(process.listenerCount('beforeExit')).toBe(0)
  })

  it.each([
    { words: ['--version'], text: `${tool.name} ${tool.version}\n` },
    { words: ['-V'], text: `${tool.name} ${tool.version}\n` },
    { words: [], text: 'try this' },
    { words: ['--help'], text: 'all' },
    { words: ['help'], text: 'all' },
    { words: ['-h'], text: 'all' },
  ])('answers $words without the program', async ({ words, text }) => {
    expect(await started(words)).toEqual({ written: [text], asked: [], status: 0 })
  })

  it.each([
    [['server.yaml']],
    [['--version', 'server.yaml']],
    [['check', '--help', '--format']],
    [['help', 'chekc']],
    [['check', '-h']],
    [['help', 'check']],
  ])('leaves %j to the program', async (words) => {
    expect(await started(words)).toEqual({ written: [], asked: [words], status: 3 })
  })

  it('lets the program say why the version could not be written', async () => {
    const full: Refusal = { ok: false, path: 'standard output', reason: 'failed', detail: 'ENOSPC' }
    expect(await started(['--version'], full)).toMatchObject({ asked: [['--version']], status: 3 })
  })
})
