import { expect, test } from 'vitest'
import { renderDetails } from '../../../src/render/details.ts'
import { detailNames } from '../../../src/render/sections/detail-names.ts'
import { lkmlGated } from '../lkml-result.ts'

test('every name is a section of its own', () => {
  const plain = { color: false, unicode: true, width: 80 }
  const views = detailNames.map((name) => renderDetails(lkmlGated, plain, new Set([name])))
  expect(new Set(views).size).toBe(detailNames.length)
  for (const view of views) expect(view).toMatch(/^\n[A-Z][A-Z ,-]+\n─+\n/)
  expect(renderDetails(lkmlGated, plain)).toBe(views.join(''))
})
