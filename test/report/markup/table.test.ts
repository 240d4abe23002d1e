import { expect, it } from 'vitest'
import { htmlText } from '../../../src/report/markup/html-text.ts'
import { table } from '../../../src/report/markup/table.ts'

it('names rows and columns for who hears the table', () => {
  const text = htmlText(
    table(['Part', 'Memory'], [['<b>', '1 GiB']], { numbers: [1], caption: 'Parts' }),
  )
  expect(text).toContain('<caption>Parts</caption>')
  expect(text).toContain('<table class="n2">')
  expect(text).toContain('<th scope="col">Memory</th>')
  expect(text).toContain('<th scope="row">&lt;b&gt;</th><td>1 GiB</td>')
})
