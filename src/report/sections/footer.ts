import { tool } from '../../plan/result/tool.ts'
import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'

/** What ends every page. */
export const pageFooter: Markup = el(
  'footer',
  {},
  el('p', {}, `Planned by ${tool.name} ${tool.version}.`),
)
