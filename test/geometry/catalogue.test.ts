import { describe, expect, test } from 'vitest'
import { findLayout, layoutIds, layouts } from '../../src/geometry/catalogue.ts'

describe('the catalogue of layouts', () => {
  test('finds each layout by its id', () => {
    expect(layoutIds).toContain('x86-64-5level')
    expect(layoutIds.map((id) => findLayout(id)?.id)).toEqual(layoutIds)
  })

  test('has no id twice', () => {
    expect(new Set(layoutIds).size).toBe(layoutIds.length)
  })

  test('has nothing under an unknown id', () => {
    expect(findLayout('pdp-11')).toBeUndefined()
  })

  test.each(layouts)(
    '$id has its levels from the bottom, a pgd on top that spans user space',
    (layout) => {
      const reaches = layout.levels.map(({ reach }) => reach)
      expect(reaches).toEqual(reaches.toSorted((one, other) => one - other))
      expect(layout.levels[0]?.name).toBe('pte')
      expect(layout.levels.at(-1)?.name).toBe('pgd')
      expect(layout.levels.at(-1)?.reach).toBeGreaterThanOrEqual(layout.userPages)
    },
  )

  test.each(layouts)('$id has its huge pages smallest first', ({ hugePages }) => {
    const sizes = hugePages.map(({ bytes }) => bytes)
    expect(sizes).toEqual(sizes.toSorted((one, other) => one - other))
  })

  test.each(layouts)('$id places mappings inside user space', ({ autoBase, userPages }) => {
    expect(autoBase).toBeLessThan(userPages)
  })
})
