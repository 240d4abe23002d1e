import { htmlText } from '../markup/html-text.ts'
import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import { pageHead } from '../markup/page-head.ts'
import { pageFooter } from './footer.ts'

/** A page as one file, without a script: one article, and what ends every page. */
export function* plainPage(
  title: string,
  style: string,
  parts: readonly Markup[],
): Generator<string, void> {
  yield pageHead(title, style)
  const content = el('main', {}, el('article', {}, ...parts))
  yield `<body>\n${[content, pageFooter].map(htmlText).join('\n')}\n</body>\n</html>\n`
}
