import { describe, expect, it } from 'vitest'
import { findSources } from '../../../src/cli/scenarios/sources.ts'
import { fakeWorld } from '../fake-world.ts'

const { world } = fakeWorld({
  files: {
    'a.yaml': '',
    'hosts/b.yaml': '',
    'hosts/a.json': '',
    'hosts/c.yml': '',
    'hosts/.hidden.yaml': '',
    'hosts/scenario.schema.json': '{}',
    'hosts/notes.txt': '',
    'empty/notes.txt': '',
  },
})

async function found(operands: readonly string[], implied = false) {
  const { paths, failures, several } = await findSources(operands, implied, world)
  return { paths, several, failed: failures.map((failure) => JSON.stringify(failure)) }
}

describe('scenarios', () => {
  it('are files and standard input, in the order named', async () => {
    expect(await found(['hosts/b.yaml', '-', 'a.yaml'])).toEqual({
      paths: ['hosts/b.yaml', '-', 'a.yaml'],
      several: true,
      failed: [],
    })
    expect((await found(['a.yaml'])).several).toBe(false)
  })

  it('of a folder are in the order of their names, without hidden files and schemas', async () => {
    const paths = ['hosts/a.json', 'hosts/b.yaml', 'hosts/c.yml']
    expect(await found(['hosts'])).toEqual({ paths, several: true, failed: [] })
    expect((await found(['hosts/'])).paths).toEqual(paths)
  })

  it('of a pattern may be one, and still counts as several', async () => {
    expect(await found(['a*.yaml'])).toEqual({ paths: ['a.yaml'], several: true, failed: [] })
  })

  it('are read once, however often they are named', async () => {
    expect((await found(['a.yaml', './a.yaml', 'hosts/../a.yaml', '-', '-'])).paths).toEqual([
      'a.yaml',
      '-',
    ])
  })
})

describe('an operand that leads nowhere', () => {
  it.each([
    ['missing.yaml', 3, 'cannot read missing.yaml: no such file'],
    ['empty', 2, 'empty has no *.yaml, *.yml or *.json'],
    ['none*.yaml', 2, 'no file matches none*.yaml'],
  ])('is reported beside the others: %s', async (operand, status, words) => {
    const { paths, failed } = await found([operand, 'a.yaml'])
    expect(paths).toEqual(['a.yaml'])
    expect(failed).toEqual([expect.stringContaining(`"status":${status},"text":"${words}`)])
  })

  it('could have been meant as a command, if none was written', async () => {
    const { failed } = await found(['lay-outs'], true)
    expect(failed).toEqual([expect.stringContaining('did you mean layouts?')])
    expect((await found(['frobnicate'], true)).failed[0]).toContain('commands are plan, check')
    expect((await found(['lay-outs'], false)).failed[0]).toContain('cannot read lay-outs')
  })
})
