import { expect, it } from 'vitest'
import { el } from '../../../src/report/markup/markup.ts'
import { plainPage } from '../../../src/report/sections/plain-page.ts'

it('a page without a script has its parts in an article, and allows none', () => {
  const html = [...plainPage('a <b>', 'p{color:red}', [el('p', {}, '<script>')])].join('')
  expect(html).toMatch(/^<!DOCTYPE html>\n<html lang="en">\n/)
  expect(html).toMatch(/\n<\/html>\n$/)
  expect(html).toContain('<title>a &lt;b&gt; - mshare-plan</title>')
  expect(html).toContain('<main><article><p>&lt;script&gt;</p></article></main>')
  expect(html).not.toContain('script-src')
})
