import { describe, expect, it } from 'vitest'
import { isOfFork, knownNames } from '../../../../src/importers/postgresql/guc/parameter-names.ts'
import { parameterNames } from '../../../../src/importers/postgresql/guc/parameters.ts'

it('every parameter that is read is a known one', () => {
  expect(parameterNames.length).toBeGreaterThan(40)
  expect(parameterNames.filter((name) => !knownNames.has(name))).toEqual([])
})

describe('a parameter of a server made from PostgreSQL', () => {
  it('begins with its prefix, or is on the list of EDB', () => {
    for (const name of [
      'edb_dynatune',
      'polar_enable_x',
      'gp_segment',
      'yb_enable',
      'db_dialect',
    ]) {
      expect(isOfFork(name), name).toBe(true)
    }
  })

  it('is none of PostgreSQL itself', () => {
    expect([...knownNames].filter(isOfFork)).toEqual([])
    expect(isOfFork('edb_')).toBe(false)
  })
})
