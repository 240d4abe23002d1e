import { describe, expect, test } from 'vitest'
import { gateTable } from '../../../src/render/sections/gates.ts'
import { lkmlGated } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }

describe('gates', () => {
  test('have their limit, the actual value, the margin and a verdict', () => {
    const gated = gateTable(lkmlGated, plain).join('\n')
    expect(gated).toMatch(/risk at most +tight +oom +-2 levels +as-described +FAILS/)
    expect(gated).toMatch(
      /page tables at most +1\.0 TiB +880\.9 GiB +143\.1 GiB +as-described +holds/,
    )
    expect(gated).toMatch(/headroom at least +1\.0 GiB +not planned +hugetlb-2m +FAILS/)
    expect(gated).toContain('Verdict: fail (2 of 3 do not hold).')
  })
})
