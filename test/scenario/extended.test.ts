import { expect, it } from 'vitest'
import { extendedBy } from '../../src/scenario/extended.ts'

function named(text: string): string | undefined {
  return extendedBy({ file: 'own.yaml', text })?.path
}

it('finds the path at the top of YAML and JSON', () => {
  expect(named('version: 1\nextends: ../base.yaml\n')).toBe('../base.yaml')
  expect(named('{ "extends": "base.json" }')).toBe('base.json')
})

it('finds none where the word is elsewhere, the value is no text, or the text is no YAML', () => {
  expect(named('name: extends\ngroups: { extends: base.yaml }\n')).toBeUndefined()
  expect(named('extends: 5\n')).toBeUndefined()
  expect(named('extends: [base.yaml]\n')).toBeUndefined()
  expect(named('extends: ""\n')).toBeUndefined()
  expect(named('extends: { a\n')).toBeUndefined()
})
