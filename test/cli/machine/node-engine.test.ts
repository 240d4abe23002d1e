import { describe, expect, it } from 'vitest'
import { optimizeLater } from '../../../src/cli/machine/node-engine.ts'

describe('the engine', () => {
  it.each([
    ['11.3.244.8-node.33', ['--interrupt-budget=330000']],
    ['12.4.254.21-node.33', []],
    ['13.6.233.17-node.37', []],
  ])('of V8 %s is told to optimize later only where it knows the flag', (version, told) => {
    const flags: string[] = []
    optimizeLater(version, (flag) => flags.push(flag))
    expect(flags).toEqual(told)
  })
})
