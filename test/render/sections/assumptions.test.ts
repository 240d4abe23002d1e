import { describe, expect, test } from 'vitest'
import { assumptions } from '../../../src/render/sections/assumptions.ts'
import { lkml } from '../lkml-result.ts'

const plain = { color: false, unicode: true, width: 80 }

describe('assumptions', () => {
  test('all have their source', () => {
    const view = assumptions(lkml, plain).join('\n')
    expect(lkml.assumptions.length).toBeGreaterThan(5)
    for (const { path, value, source } of lkml.assumptions) {
      expect(view).toContain(`${path} = ${value}\n  ${source}`)
    }
  })

  test('that are the same in many groups are said once', () => {
    const of = (group: string) => ({
      path: `groups.${group}.kernelMemory`,
      value: '48 KiB',
      source: 'measured: stack, task, mm',
    })
    expect(assumptions({ ...lkml, assumptions: [of('a'), of('b')] }, plain)).toEqual([
      'groups.a.kernelMemory, groups.b.kernelMemory = 48 KiB',
      '  measured: stack, task, mm',
    ])
  })
})
