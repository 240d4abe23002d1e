import { expect, it } from 'vitest'
import { renderMetrics } from '../../../src/render/text/open-metrics.ts'

it('heads each metric once, and ends with EOF', () => {
  const samples = [
    [{ file: 'a' }, 1],
    [{ file: 'b' }, 2.5],
  ] as const
  const text = [...renderMetrics([{ name: 'x_bytes', help: 'X.', unit: 'bytes', samples }])]
  expect(text.join('')).toBe(
    '# HELP x_bytes X.\n# TYPE x_bytes gauge\n# UNIT x_bytes bytes\nx_bytes{file="a"} 1\nx_bytes{file="b"} 2.5\n# EOF\n',
  )
})

it('has no head for a metric without samples', () => {
  expect([...renderMetrics([{ name: 'x', help: 'X.', samples: [] }])]).toEqual(['# EOF\n'])
})

it('escapes quotes and backslashes in labels, and shows control characters as escapes', () => {
  const [line] = renderMetrics([{ name: 'x', help: 'X.', samples: [[{ a: 'q"\\\n\u202e' }, 0]] }])
  expect(line?.split('\n').at(-2)).toBe('x{a="q\\"\\\\\\\\x0a\\\\u202e"} 0')
})
