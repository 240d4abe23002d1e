import { describe, expect, test } from 'vitest'
import { groupTables } from '../../../src/render/sections/group-tables.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }
const view = groupTables(lkml, plain).join('\n')

describe('groups', () => {
  test('leave empty what is absent', () => {
    expect(view).toMatch(/mshare \(proposed\) +1,500 +164\.0 KiB +160\.0 KiB +1$/m)
  })
})
