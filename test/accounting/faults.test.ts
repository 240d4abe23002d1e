import { expect, it } from 'vitest'
import { pages } from '../../src/units/quantity.ts'
import { billed, mib, strategy } from '../build.ts'

it('a reader of pages that a writer strides over faults for blocks in which it reads more than was written', () => {
  // The writer fills pages 0, 32, 64 … of 1,024: 32 faults. The reader touches pages 0 to 49, which
  // lie in blocks 0 to 3 of 16 pages and go beyond what is written in each, and page 256, which is
  // written: 4 faults.
  const ranges = [
    { first: pages(0), length: pages(50) },
    { first: pages(256), length: pages(1) },
  ]
  const result = billed({
    regions: { data: { size: 4 * mib } },
    groups: {
      writer: { maps: [{ region: 'data', touched: { kind: 'every', stride: pages(32) } }] },
      reader: { maps: [{ region: 'data', access: 'ro', touched: { kind: 'ranges', ranges } }] },
    },
  })
  expect(strategy(result, 'mshare').faults.populate).toBe(32 + 4)
})
