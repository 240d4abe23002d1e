import { expect, it } from 'vitest'
import { parseMode } from '../../src/units/file-mode.ts'

it('reads octal modes that begin with a zero', () => {
  expect(parseMode('0660')).toBe(0o660)
  expect(parseMode('0o600')).toBe(0o600)
})

it.each(['660', '0888', '07777', ''])('reads no mode from %j', (text) => {
  expect(parseMode(text)).toBeUndefined()
})
