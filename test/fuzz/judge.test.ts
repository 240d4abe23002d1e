import { describe, expect, it } from 'vitest'
import type { Outcome } from './input.ts'
import { brokenPromises, schemaFaults } from './judge.ts'

const input = { argv: ['a.yaml', '-f', 'json'], files: {} }
const sound: Outcome = { status: 0, stdout: '{}\n', stderr: '', written: {} }

/** A judge that finds nothing wrong may judge nothing. */
describe('a broken promise', () => {
  it('is none where all is well', () => {
    expect(brokenPromises(input, sound)).toEqual([])
  })

  it.each<[string, Partial<Outcome>]>([
    ['the status is 70', { status: 70, stderr: 'a bug' }],
    ['a stack trace is printed', { stderr: 'Error\n    at main (x.js:1:1)\n' }],
    ['standard output has the character U+001b', { stdout: '"\u001b"' }],
    ['standard error has the character U+202e', { stderr: '\u202e' }],
    ['a message has 90000 characters', { stderr: 'words '.repeat(15_000) }],
    ['out.json is no JSON', { written: { 'out.json': '{' } }],
    ['standard output is no JSON', { stdout: '{} {}' }],
    ['status 2 without a word', { status: 2, stdout: '' }],
    ['status 0 without an answer', { stdout: '' }],
    ['standard output says fail, the status 0', { stdout: '{"verdict": "fail"}' }],
    ['standard output says pass, the status 1', { status: 1, stdout: '{"verdict": "pass"}' }],
  ])('is seen: %s', (broken, fault) => {
    expect(brokenPromises(input, { ...sound, ...fault })).toContain(broken)
  })

  it('is seen where a prototype was changed', () => {
    Object.defineProperty(Object.prototype, 'planted', { configurable: true, value: 1 })
    const broken = brokenPromises(input, sound)
    Reflect.deleteProperty(Object.prototype, 'planted')
    expect(broken).toEqual(['a prototype was changed'])
  })

  it('is seen where a result has a key that its schema lacks', () => {
    const stdout = '{"schema": "mshare-plan/verify-list/1", "scenarios": [], "planted": 1}'
    expect(schemaFaults(input, { ...sound, stdout })).not.toEqual([])
    expect(schemaFaults(input, { ...sound, stdout: '{"schema": "other"}' })).toEqual([])
  })

  it.each([
    [['--', '-f', 'json']],
    [['--name', '-f', 'json']],
    [['-f', 'json', '-f', 'table']],
    [['-f', 'json', '--version']],
    [['-f', 'json', '--no-waivers', '--format=table']],
  ])('is none where JSON was not asked for: %j', (argv) => {
    expect(brokenPromises({ argv, files: {} }, { ...sound, stdout: 'table' })).toEqual([])
  })
})
