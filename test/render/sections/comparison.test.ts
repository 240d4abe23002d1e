import { expect, it } from 'vitest'
import { comparison } from '../../../src/render/sections/comparison.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 120 }

it('has one row for each planned strategy, with its page tables', () => {
  const view = comparison(lkml, plain).join('\n')
  expect(view).toMatch(/^as-described +880\.9 GiB /m)
  expect(view).toMatch(/^mshare \(proposed\) +841\.4 MiB /m)
})
