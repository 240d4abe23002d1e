import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { codeOf, refusalOf } from '../../../src/cli/machine/node-failure.ts'

function failureOf(path: string): unknown {
  try {
    return readFileSync(path)
  } catch (error) {
    return error
  }
}

it('gives the reason of a failed system call', () => {
  expect(refusalOf('x', failureOf('/missing/x'))).toEqual({
    ok: false,
    path: 'x',
    reason: 'missing',
  })
  expect(refusalOf('/', failureOf('/'))).toMatchObject({ reason: 'folder' })
})

it('keeps the name of any other failure', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' })
  expect(refusalOf('x', full)).toMatchObject({ reason: 'failed', detail: 'ENOSPC' })
})

it('counts a path with a zero byte as missing: Node does not ask the system', () => {
  expect(refusalOf('a\0b', failureOf('a\0b'))).toMatchObject({ reason: 'missing' })
})

it('throws what no system call failed with', () => {
  expect(codeOf(new TypeError('ours'))).toBeUndefined()
  expect(() => refusalOf('x', new TypeError('ours'))).toThrow('ours')
})
