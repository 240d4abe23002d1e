import { describe, expect, test } from 'vitest'
import { budget } from '../../../src/render/sections/budget.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const view = budget(lkml, plain).join('\n')

describe('the budget', () => {
  test('adds up, line by line, and says how the other strategies differ', () => {
    expect(view).toMatch(/= capacity +511\.9 GiB {2}sum/)
    expect(view).toMatch(/= demand +1\.2 TiB {2}sum/)
    expect(view).toMatch(/= headroom \(capacity less demand\) +-677\.8 GiB {2}sum/)
    expect(view).toMatch(/kernel memory +70\.3 MiB {2}assumed/)
    expect(view).toContain('threads: demand 309.4 GiB, headroom 202.5 GiB')
  })
})
