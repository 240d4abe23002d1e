import { expect, it } from 'vitest'
import { palettes } from './palettes.ts'
import { pictureOf } from './picture.ts'

const terminal = { title: 'A < B', description: '"A" & B', columns: 20, palette: palettes.dark }

it('draws each run at its place, six units for a column and thirteen for a line', () => {
  const svg = pictureOf({
    ...terminal,
    output: 'a  \x1b[1m\x1b[31moom\x1b[39m\x1b[22m\n<b & "c">\n',
  })
  const [first, title, description] = svg.split('\n')
  expect(first).toContain('viewBox="0 0 144 50" width="216" height="75" role="img"')
  expect(title).toBe('<title id="title">A &lt; B</title>')
  expect(description).toBe('<desc id="description">&quot;A&quot; &amp; B</desc>')
  expect(svg.split('\n').slice(5)).toEqual([
    '<text x="12" y="22" textLength="6">a</text>',
    '<text x="30" y="22" textLength="18" class="bold red">oom</text>',
    '<text x="12" y="35" textLength="54">&lt;b &amp; &quot;c&quot;&gt;</text>',
    '</svg>',
    '',
  ])
})

it('has the colours of its palette, and nothing from outside', () => {
  const svg = pictureOf({ ...terminal, output: 'a' })
  expect(svg).toContain('<rect width="144" height="37" rx="6" fill="#0d1117"/>')
  expect(svg).toContain('fill:#e6edf3}')
  expect(svg).toContain('.red{fill:#ff7b72}')
  expect(svg.match(/https?:[^"]*|url\(|<image|<script/g)).toEqual(['http://www.w3.org/2000/svg'])
})
