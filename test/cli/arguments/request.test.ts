import { describe, expect, it } from 'vitest'
import type { Options } from '../../../src/cli/arguments/options.ts'
import { requestOf } from '../../../src/cli/arguments/request.ts'
import type { Command } from '../../../src/cli/output/formats.ts'

const asked = (command: Command, options: Options = {}, operands: readonly string[] = ['a.yaml']) =>
  requestOf({ command, implied: false, operands, options })

describe('where the result goes', () => {
  it.each([
    [{}, 'table', []],
    [{ format: 'json' }, 'json', []],
    [{ quiet: true }, undefined, []],
    [{ output: ['r.json'] }, undefined, ['json']],
    [{ output: ['r.TXT', '-'] }, 'table', ['table']],
    [{ output: ['r.json'], format: 'table' }, 'table', ['json']],
    [{ output: ['r.json'], format: 'table', quiet: true }, undefined, ['json']],
  ] as const)('with %j: printed as %s, written as %j', (options, printed, written) => {
    const { format, outputs } = asked('plan', options)
    expect(format).toBe(printed)
    expect(outputs.map((output) => output.format)).toEqual(written)
  })

  it('refuses a format that the command does not print', () => {
    expect(() => asked('schema', { format: 'table' }, [])).toThrow(
      'schema does not print table; write json',
    )
  })

  it('refuses a file whose name does not tell its format', () => {
    expect(() => asked('check', { output: ['r.doc'] })).toThrow(
      'the format of r.doc is unknown; end its name in .txt, .json, .ndjson, .csv, .long.csv, .md, .xml, .sarif, .sarif.json or .prom',
    )
    expect(() => asked('plan', { output: [''] })).toThrow("the format of '' is unknown")
  })

  it('refuses a format that another command has, and names that command', () => {
    expect(() => asked('report', { output: ['r.json'] })).toThrow(
      'report does not write json, the format of r.json; end its name in .html or .htm, or use plan',
    )
  })
})

describe('operands', () => {
  it('are needed by commands that read files', () => {
    expect(() => asked('plan', {}, [])).toThrow('plan needs a scenario; name a file, or -')
    expect(() => asked('import', { memory: '1GB' }, [])).toThrow('import needs a configuration')
  })

  it('are refused by commands that read none, or one', () => {
    expect(() => asked('layouts')).toThrow('layouts takes no files; remove a.yaml')
    expect(() => asked('import', { memory: '1GB' }, ['a.conf', 'b.conf'])).toThrow(
      'import takes one file; remove b.conf',
    )
  })

  it('are not needed by verify of a machine', () => {
    expect(asked('verify', { live: true }, []).capture).toBeDefined()
  })
})

it('puts the values of --set before those of the gates', () => {
  const set = [{ path: 'gates.risk', value: 'oom' }]
  const maxRisk = [{ option: '--max-risk', path: 'gates.risk', value: 'safe' }]
  expect(asked('plan', { maxRisk, set }).overrides).toEqual([...set, ...maxRisk])
})

it('needs a baseline for growth', () => {
  const maxGrowth = [{ option: '--max-growth', path: 'gates.growth', value: '[]' }]
  expect(() => asked('plan', { maxGrowth })).toThrow('--max-growth requires --baseline FILE')
  expect(asked('plan', { maxGrowth, baseline: 'b.json' }).overrides).toEqual(maxGrowth)
})
