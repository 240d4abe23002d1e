import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastResidue, residueOf } from '../../src/space/residues.ts'

const anyNumber = fc.nat(60)
const anyModulus = fc.integer({ min: 1, max: 60 })

describe('an arithmetic progression', () => {
  test('first meets a residue where trying all of them finds it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        anyNumber,
        anyModulus,
        (factor, value, modulus) => {
          const tried = Array.from({ length: modulus }, (_, x) => x)
          const found = tried.find((x) => (factor * x - value) % modulus === 0)
          expect(residueOf(factor, value, modulus)).toBe(found)
        },
      ),
    )
  })

  test('has the least residue that trying all terms finds, steps backwards included', () => {
    const anyStep = fc.integer({ min: -60, max: 60 })
    fc.assert(
      fc.property(anyStep, anyStep, anyModulus, anyModulus, (start, step, modulus, terms) => {
        const residues = Array.from({ length: terms }, (_, i) => (start + i * step) % modulus)
        const least = Math.min(...residues.map((rest) => (rest + modulus) % modulus))
        expect(leastResidue(start, step, modulus, terms)).toBe(least)
      }),
    )
  })

  test('does so at the size of an address space', () => {
    // The third term is 2^45 + 2, that is 3; every fourth one from there on is 5 more.
    expect(leastResidue(2 ** 44, 2 ** 43 + 1, 2 ** 45 - 1, 2 ** 40)).toBe(3)
  })
})
