import { describe, expect, it } from 'vitest'
import { wrongIn } from '../imported.ts'

const secret = 'apiVersion: v1\nkind: Secret\ndata: { a: b }\n'

describe('a file of several documents', () => {
  it('may have others in any state, and places count from its beginning', () => {
    const cluster =
      'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nspec:\n  postgresql:\n    parameters:\n      shared_buffers: 8Gi\n'
    const text = `${secret}---\nkind: [broken\n--- # third\n${cluster}`
    expect(wrongIn('cloudnativepg', text)).toEqual([
      'f:12:23: PostgreSQL has no unit `Gi` (did you mean `8GB`?)',
    ])
  })

  it('without the object that is asked for is refused', () => {
    expect(wrongIn('cloudnativepg', secret)).toEqual([
      'f:1:1: no object of this kind is in the file',
    ])
    expect(wrongIn('patroni', '')).toEqual(['f:1:1: no object of this kind is in the file'])
  })

  it('that is a template asks to render it', () => {
    const template =
      'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nspec:\n  instances: {{ .Values.n }}\n'
    expect(wrongIn('cloudnativepg', template)).toEqual([
      'f:4:14: this is a template, and no manifest yet (render it first: `helm template`, or `kubectl get -o yaml`)',
    ])
  })

  it('repeated keys, tabs and endless aliases are mistakes, with their place', () => {
    const repeated = 'scope: a\npostgresql:\n  parameters:\n    work_mem: 1MB\n    work_mem: 2MB\n'
    expect(wrongIn('patroni', repeated)[0]).toMatch(/^f:5:5: /)
    expect(wrongIn('patroni', 'postgresql:\n\tparameters: {}\n')[0]).toMatch(/^f:2:1: /)
    const laughs = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh']
      .map(
        (name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join()}]\n`,
      )
      .join('')}postgresql: { parameters: { x: *h } }\n`
    expect(wrongIn('patroni', laughs)[0]).toMatch(/^f:\d+:\d+: /)
  })

  it('names of prototypes are parameters like others', () => {
    const text = 'postgresql:\n  parameters:\n    __proto__: 1\n    constructor: 2\n'
    expect(wrongIn('patroni', text).map((line) => line.slice(0, 6))).toEqual(['f:3:5:', 'f:4:5:'])
  })
})
