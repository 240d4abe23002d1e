import { expect, it } from 'vitest'
import { htmlText, jsonInHtml } from '../../../src/report/markup/html-text.ts'
import { el } from '../../../src/report/markup/markup.ts'

it('writes names as text, whatever they hold', () => {
  expect(htmlText(el('p', { title: '"><script>' }, '<script>alert(1)</script> & more'))).toBe(
    '<p title="&quot;&gt;&lt;script&gt;">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>',
  )
})

it('shows what a reader would not see', () => {
  expect(htmlText('a\u202eb\u001b[31m\u0000\nc')).toBe('a\\u202eb\\x1b[31m\\x00\nc')
})

it('leaves out attributes that are absent or false, and the end of empty elements', () => {
  const input = el('input', { type: 'text', id: undefined, hidden: false, readonly: true })
  expect(htmlText(input)).toBe('<input type="text" readonly>')
})

it('writes data that no text in it can end', () => {
  const data = { '</script>': '<!--\u2028 \u202e \u{e0001}', __proto__x: 1 }
  const text = jsonInHtml(data)
  expect(text).not.toMatch(/[<>&\p{Cf}\u2028]/u)
  expect(JSON.parse(text)).toEqual(data)
})
