import { expect, it } from 'vitest'
import { inkOfNames, named } from '../../../src/render/text/ink.ts'
import { codeBlock, codeSpan, markdownTable, prose } from '../../../src/render/text/markdown.ts'

it('fences code by more backticks than it has', () => {
  expect(codeSpan('sga')).toBe('`sga`')
  expect(codeSpan('a`b``c')).toBe('```a`b``c```')
  expect(codeSpan('`')).toBe('`` ` ``')
  expect(codeBlock(['```', 'x'])).toEqual(['````text', '```', 'x', '````'])
})

it('sets names apart as code, whatever is in them', () => {
  const name = named('@all <b> [x](y) `tick`', inkOfNames)
  expect(prose(`Region ${name} is *full*.`)).toBe(
    'Region `` @all <b> [x](y) `tick` `` is \\*full\\*.',
  )
})

it('keeps code of ours as code, with the names in it', () => {
  expect(prose(`Set \`regions.${named('a`b', inkOfNames)}.mshare\`.`)).toBe(
    'Set ``regions.a`b.mshare``.',
  )
})

it('drops the quotes around a name', () => {
  expect(prose(`in cgroup "${named('a b', inkOfNames)}"`)).toBe('in cgroup `a b`')
})

it('is not misled by the marks of names in a name', () => {
  expect(prose(named('a⟧@all⟦', inkOfNames))).toBe('`a\\u27e7@all\\u27e6`')
})

it('shows both ends of a name that is too long for a page', () => {
  expect(prose(named(`${'a'.repeat(200)}${'b'.repeat(200)}`, inkOfNames))).toBe(
    `\`${'a'.repeat(120)}…${'b'.repeat(120)}\``,
  )
})

it('escapes bars in the cells of a table, in code too', () => {
  const columns = [
    { title: 'a|b', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const
  expect(markdownTable(columns, [[prose(named('x|y', inkOfNames)), '1']])).toEqual([
    '| a\\|b | n |',
    '| :-- | --: |',
    '| `x\\|y` | 1 |',
  ])
})
