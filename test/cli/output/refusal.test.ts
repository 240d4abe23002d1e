import { expect, it } from 'vitest'
import { refusalText, statusOfRefusal } from '../../../src/cli/output/refusal.ts'

const refusal = { ok: false, path: 'a.yaml' } as const

it('says what was not done, to which file and why', () => {
  expect(refusalText('read', { ...refusal, reason: 'denied' })).toBe(
    'cannot read a.yaml: permission denied',
  )
  expect(refusalText('write', { ...refusal, reason: 'failed', detail: 'ENOSPC' })).toBe(
    'cannot write a.yaml: no space left on the device (ENOSPC)',
  )
  expect(refusalText('read', { ok: false, path: '-', reason: 'failed', detail: 'EIO' })).toBe(
    'cannot read standard input: input/output error (EIO)',
  )
})

it('names the failure that the system names where it has no words for it', () => {
  expect(refusalText('read', { ...refusal, reason: 'failed', detail: 'ENXIO' })).toBe(
    'cannot read a.yaml: the system refused (ENXIO)',
  )
})

it('says how to read from a pipe, and how to write to one', () => {
  expect(refusalText('read', { ...refusal, reason: 'special' })).toContain('write - and use')
  expect(refusalText('write', { ...refusal, reason: 'special' })).toContain('redirect')
})

it('names what a file that is too large cannot be', () => {
  const large = { ...refusal, reason: 'too-large' } as const
  expect(refusalText('read', large)).toContain('too large for a scenario')
  expect(refusalText('read', large, 'configuration')).toContain('too large for a configuration')
})

it('escapes control characters of a path', () => {
  expect(refusalText('read', { ok: false, path: '\x1b[2J', reason: 'missing' })).toBe(
    String.raw`cannot read \x1b[2J: no such file or directory`,
  )
})

it('counts a file that is too large as invalid input, any other refusal as work not done', () => {
  expect(statusOfRefusal({ ...refusal, reason: 'too-large' })).toBe(2)
  expect(statusOfRefusal({ ...refusal, reason: 'missing' })).toBe(3)
})

it('says so where a name may not have been read as it is', () => {
  expect(refusalText('read', { ok: false, path: 'a\ufffd.yaml', reason: 'missing' })).toContain(
    'a name that is not UTF-8 cannot be read',
  )
})

it('quotes an empty name', () => {
  expect(refusalText('read', { ok: false, path: '', reason: 'missing' })).toBe(
    "cannot read '': no such file or directory",
  )
})
