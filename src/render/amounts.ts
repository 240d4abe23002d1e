import { exactBytes, formatBytes } from '../units/format.ts'

/** Amounts for one sentence, each in its own unit; unequal ones that would read alike, exactly. */
export function amounts<const T extends readonly number[]>(
  ...values: T
): { readonly [Index in keyof T]: string } {
  const texts = values.map((value) => formatBytes(value))
  const said = values.map((value, index) => {
    const alike = values.some((other, at) => other !== value && texts[at] === texts[index])
    return alike ? exactBytes(value) : (texts[index] ?? '')
  })
  return said as { readonly [Index in keyof T]: string }
}
