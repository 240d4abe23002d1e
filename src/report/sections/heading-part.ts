import { heading } from '../../render/screen/heading.ts'
import { pageInk } from '../markup/ink.ts'
import type { Markup } from '../markup/markup.ts'
import { el } from '../markup/markup.ts'
import type { View } from './view.ts'

/** Which server, on which machine, from which file. */
export function headingPart({ result }: View): readonly Markup[] {
  const [name = '', ...lines] = heading(result, pageInk)
  return [el('h1', {}, name), ...lines.map((line) => el('p', { class: 'machine' }, line))]
}
