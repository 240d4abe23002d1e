import { describe, expect, it } from 'vitest'
import { bytes } from '../../../src/units/quantity.ts'
import { parseSize } from '../../../src/units/size.ts'
import { made } from './importing.ts'

const sizeIn = (text: unknown): number => {
  const size = parseSize(String(text), bytes(4096))
  if (!size.ok) throw new Error(`${text}`)
  return size.bytes
}

const mib = 2 ** 20
const dataOf = (size: number) => ({ data: { text: `${size / mib}MB`, bytes: size } })

describe('a database that is smaller than its buffers', () => {
  const plain = 'huge_pages = off\nshared_buffers = 8GB\n'

  it('lets processes touch its data and what lies around the buffers', () => {
    const { scenario, assumed } = made(plain, '18', dataOf(747 * mib))
    const size = sizeIn(scenario.regions?.['shared-memory']?.size)
    const touched = scenario.groups['backends']?.maps?.[0]?.touched
    expect(touched).toEqual({ first: expect.any(String) })
    const { first } = touched as { readonly first: string }
    expect(sizeIn(first)).toBe(747 * mib + (size - 8192 * mib))
    expect(assumed['groups.backends.maps[0].touched.first']).toBe(
      '--data-size 747MB: the buffers that hold all data, and the structures around them',
    )
    expect(scenario.groups['wal-senders']?.maps?.[0]?.touched).toHaveProperty('ranges')
  })

  it('is no smaller where it fills them', () => {
    for (const size of [8192 * mib, 9000 * mib]) {
      const { scenario } = made(plain, '18', dataOf(size))
      expect(scenario.groups['backends']?.maps?.[0]).toEqual({ region: 'shared-memory' })
    }
    const { scenario } = made(plain, '18', dataOf(8192 * mib - 8192))
    expect(scenario.groups['backends']?.maps?.[0]?.touched).toHaveProperty('first')
  })
})

describe('an amount that is touched', () => {
  it('is drawn in clusters by all that work with blocks', () => {
    const { scenario, assumed } = made('', '18', { touched: '40%' })
    for (const name of ['backends', 'autovacuum-workers', 'background-workers', 'writers']) {
      expect(scenario.groups[name]?.maps?.[0]?.touched, name).toEqual({
        random: '40%',
        in: '1 MiB',
      })
      expect(assumed[`groups.${name}.maps[0].touched.in`]).toMatch(/^programs touch adjacent pages/)
    }
    expect(scenario.groups['auxiliary']?.maps?.[0]?.touched).toHaveProperty('ranges')
  })
})

describe('page tables of private memory', () => {
  it('are what was measured, and a table for each 2 MiB beyond that', () => {
    const { scenario } = made('work_mem = 6MB\nautovacuum_work_mem = 2GB\n', '18')
    const tablesOf = (name: string) => scenario.groups[name]?.baseTables
    expect(tablesOf('backends')).toBe('120 KiB')
    // 2054 MiB, of which 12 were measured: 1021 pte tables, and one pmd table more.
    expect(tablesOf('autovacuum-workers')).toBe(`${120 + 4 * 1022} KiB`)
  })
})
