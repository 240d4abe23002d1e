import { describe, expect, it } from 'vitest'
import { readScenarioFile, readScenarioOrSaved } from '../../../src/cli/scenarios/scenario-file.ts'
import { fakeWorld } from '../fake-world.ts'

const scenario = 'version: 1\nname: small\nhost: { memory: 8 GiB }\ngroups: {}\n'
const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from('version: 1\n', 'utf16le')])
const { world } = fakeWorld({
  files: {
    'a.yaml': scenario,
    'marked.yaml': `\ufeff${scenario}`,
    'utf-16.yaml': utf16,
    'latin-1.yaml': Uint8Array.from([...Buffer.from('version: 1\nname: caf'), 0xe9, 0x0a]),
    'large.yaml': '#'.repeat(4 * 1024 ** 2 + 1),
    'saved.json': '{ "schema": "mshare-plan/result/1" }',
  },
  stdin: scenario,
})
const request = { overrides: [], command: 'plan' } as const

describe('a scenario file', () => {
  it('is read with its name, its path and a fingerprint', async () => {
    expect(await readScenarioFile('a.yaml', request, world)).toMatchObject({
      about: {
        name: 'small',
        file: 'a.yaml',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      workload: { host: { memory: 8 * 1024 ** 3 } },
    })
  })

  it('is the same with a byte-order mark, and from standard input', async () => {
    for (const path of ['marked.yaml', '-']) {
      expect(await readScenarioFile(path, request, world)).toMatchObject({ about: { file: path } })
    }
  })

  it('is read with the values of the command line', async () => {
    const overrides = [{ path: 'host.memory', value: '1 GiB' }]
    const read = await readScenarioFile('a.yaml', { ...request, overrides }, world)
    expect(read).toMatchObject({ workload: { host: { memory: 1024 ** 3 } } })
  })
})

describe('a file that is none', () => {
  it('has the place of the first byte that is not UTF-8', async () => {
    const read = await readScenarioFile('latin-1.yaml', request, world)
    expect(read).toMatchObject({
      status: 2,
      issues: [{ line: 2, column: 10, message: 'not UTF-8 text' }],
    })
  })

  it('is recognised as UTF-16', async () => {
    const read = await readScenarioFile('utf-16.yaml', request, world)
    expect(read).toMatchObject({ issues: [{ suggestion: expect.stringContaining('UTF-16') }] })
  })

  it.each([
    ['missing.yaml', 3, 'no such file or directory'],
    ['large.yaml', 2, 'too large for a scenario'],
    ['saved.json', 2, 'is a saved result, not a scenario'],
  ])('is refused: %s', async (path, status, words) => {
    const read = await readScenarioFile(path, request, world)
    expect(read).toMatchObject({ status, text: expect.stringContaining(words) })
  })

  it('may be a saved result where that is expected, and only then be larger', async () => {
    expect(await readScenarioOrSaved('a.yaml', [], world)).toMatchObject({ about: {} })
    const large = await readScenarioOrSaved('large.yaml', [], world)
    expect(large).toMatchObject({ status: 2, text: expect.stringContaining('too large') })
    expect(await readScenarioOrSaved('saved.json', [], world)).toMatchObject({
      status: 2,
      issues: expect.arrayContaining([expect.objectContaining({ file: 'saved.json' })]),
    })
  })
})
