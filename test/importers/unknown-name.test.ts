import { describe, expect, it } from 'vitest'
import { flawOfName, misspelt } from '../../src/importers/unknown-name.ts'

const used = ['max_connections', 'processes']
const others = new Set(['max_user_connections'])

describe('a misspelt name', () => {
  it('is near to one that is used', () => {
    expect(misspelt('max_conections', used, others)).toBe('max_connections')
  })

  it('is none that is used, that the program has besides, or that is near to none', () => {
    for (const name of ['processes', 'max_user_connections', 'sga_target']) {
      expect(misspelt(name, used, others), name).toBeUndefined()
    }
  })

  it('is shown with the name that was meant', () => {
    const spot = { source: { file: 'a', text: 'b' }, offset: 0 }
    const name = { written: 'proceses', spot, near: 'processes' }
    expect(flawOfName(name, 'Oracle has no parameter', 'a name')).toEqual({
      message: 'Oracle has no parameter `proceses`',
      expected: 'a name',
      suggestion: 'did you mean `processes`?',
      spot,
    })
  })
})
