import { expect, it } from 'vitest'
import { placeText } from '../../src/importers/place.ts'

it('a place is shown as file and line', () => {
  const source = { file: 'my.cnf', text: '[mysqld]\nlarge_pages\n' }
  expect([0, 8, 9, 20].map((offset) => placeText({ source, offset }))).toEqual([
    'my.cnf:1',
    'my.cnf:1',
    'my.cnf:2',
    'my.cnf:2',
  ])
})
