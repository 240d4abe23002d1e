import { describe, expect, test } from 'vitest'
import { assumptions } from '../../../src/render/sections/assumptions.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }

describe('assumptions', () => {
  test('that weigh have their source, the others are in one paragraph', () => {
    const view = assumptions(lkml, plain, false).join('\n')
    expect(view).toContain('groups.clients.baseTables = 160 KiB\n  between 116 and 236 KiB')
    expect(view.replaceAll(/\s+/g, ' ')).toContain(
      'Other defaults used: host: swap 0 B, pti false; groups.clients: threads 1, uid 0.',
    )
  })

  test('all have their source in the long form', () => {
    const view = assumptions(lkml, plain, true).join('\n')
    for (const { path, value } of lkml.assumptions) expect(view).toContain(`${path} = ${value}`)
    expect(view).not.toContain('Other defaults')
  })
})
