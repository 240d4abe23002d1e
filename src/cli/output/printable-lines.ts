import { printable } from '../../units/printable.ts'

/** Text of several lines that holds words from outside, safe to print. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
