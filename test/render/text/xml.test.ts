import { expect, it } from 'vitest'
import { element, textElement } from '../../../src/render/text/xml.ts'

it('writes attributes in their order, and leaves out what is absent', () => {
  expect(element('a', { x: 1, y: undefined, z: '"<&>\'' })).toEqual([
    '<a x="1" z="&quot;&lt;&amp;&gt;&apos;"/>',
  ])
})

it('indents what is inside', () => {
  expect(element('a', {}, ['<b/>'])).toEqual(['<a>', '  <b/>', '</a>'])
})

it('shows characters that XML 1.0 forbids as escapes', () => {
  expect(textElement('a', { k: '\u0000' }, 'x\u001b]]>\ufffe\u202e\ud800')).toBe(
    '<a k="\\x00">x\\x1b]]&gt;\\ufffe\\u202e\\ud800</a>',
  )
})
