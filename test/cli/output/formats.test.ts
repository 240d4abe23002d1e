import { expect, it } from 'vitest'
import { endingsOf, formatOfFile, formatsOf } from '../../../src/cli/output/formats.ts'

it('lists the usual format of a command first', () => {
  expect(formatsOf('plan')).toEqual(['table', 'json'])
  expect(formatsOf('import')).toEqual(['yaml', 'json'])
  expect(formatsOf('capture')).toEqual(['yaml'])
  expect(endingsOf('import')).toEqual(['.yaml', '.yml', '.json'])
})

it.each([
  ['r.json', 'plan', 'json'],
  ['R.JSON', 'plan', 'json'],
  ['a.b/r.txt', 'plan', 'table'],
  ['r.yml', 'capture', 'yaml'],
  ['r.yaml', 'plan', undefined],
  ['r.json', 'capture', undefined],
  ['a.json/r', 'plan', undefined],
  ['.json', 'plan', undefined],
  ['', 'plan', undefined],
] as const)('tells the format of %j for %s: %s', (path, command, format) => {
  expect(formatOfFile(path, command)).toBe(format)
})
