import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judged } from './fuzz.ts'
import { readInput } from './input.ts'
import { targets } from './targets/targets.ts'

const folder = join(import.meta.dirname, 'corpus')
const names = readdirSync(folder)

/** Inputs that broke a promise once, or come near to it: `<target>-<what it is>.json`. */
describe('the kept corpus', () => {
  it('has inputs', () => {
    expect(names.length).toBeGreaterThan(10)
  })

  it.each(names)('breaks no promise: %s', async (name) => {
    const target = Object.entries(targets).find(([id]) => name.startsWith(`${id}-`))?.[1]
    if (target === undefined) throw new RangeError(`${name} names no target`)
    const input = readInput(readFileSync(join(folder, name), 'utf8'))
    expect(await judged(target, input, true)).toEqual([])
  })
})
