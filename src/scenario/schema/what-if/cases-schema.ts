import { text } from '../fields.ts'
import type { Shape } from '../shape.ts'
import { either, field, helped, list, names } from '../shape.ts'
import { name } from '../texts.ts'

/** Name → path → value. */
export const cases: Shape<Readonly<Record<string, Readonly<Record<string, unknown>>>>> = helped(
  'Cases that are planned with the scenario: name → path of a value → its value then, x2 to multiply, or +40 to add.',
  names(
    name('of the case'),
    names(
      name('of the value'),
      field<unknown>(() => undefined, { description: 'The value, x2 or +40.' }),
    ),
  ),
)

/** Cases in which the gates must hold too. */
export const gatedCases: Shape<string | readonly string[]> = helped(
  'Cases in which the gates must hold too: all, or names.',
  either<string | readonly string[]>(
    text('all, or the name of a case.', '`all` or the name of a case'),
    list(text('Name of a case.', 'the name of a case')),
  ),
)
