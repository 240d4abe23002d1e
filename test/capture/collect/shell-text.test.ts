import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { quoted } from '../../../src/capture/collect/shell-text.ts'

describe('a word of a shell script', () => {
  const hostile = ["it's", '$(id) `id` "', '\u001b]0;x\u0007', 'a\u202eb', '\u0085', 'two\nlines\n']

  test.each(hostile)('is read by the shell as it was given: %j', (text) => {
    expect(execFileSync('/bin/sh', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' })).toBe(
      text,
    )
  })

  test.each(hostile)('has nothing that a terminal would obey or hide: %j', (text) => {
    expect(quoted(text)).toMatch(/^[\n\x20-\x7e]*$/)
  })
})
