import { bytes } from './quantity.ts'
import { parseSize, writeSize } from './size.ts'

/** What the numbers of a scenario are counted in. */
export type NumberUnit = 'count' | 'bytes' | 'pages' | 'percent'

/** Ticks of a percentage in one percent. */
export const ticksPerPercent = 10_000

/** The number that people are told, in that unit. */
export function numberAt(unit: NumberUnit, tick: number): number {
  return unit === 'percent' ? tick / ticksPerPercent : tick
}

/** The value as a scenario has it. */
export function textOfTick(unit: NumberUnit, tick: number): string {
  switch (unit) {
    case 'count':
      return String(tick)
    case 'bytes':
      return writeSize(bytes(tick))
    case 'pages':
      return `${tick} pages`
    case 'percent':
      return `${tick / ticksPerPercent}%`
  }
}

/** A number as it is written. */
export interface NumberRead {
  readonly unit: NumberUnit
  readonly tick: number
}

/** `1500`, `1e7`, `300 GB`, `10 pages`, `12.5%`. */
export function numberOf(text: string): NumberRead | undefined {
  // With a leading zero it is a mode or a mistake, and stays as it is written.
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(text)) return { unit: 'count', tick: Number(text) }
  const power = /^[1-9](?:\.\d{1,12})?e\+?\d{1,2}$/i.test(text) ? Number(text) : undefined
  if (Number.isSafeInteger(power)) return { unit: 'count', tick: Number(power) }
  const pages = /^(\d{1,15})\s*pages$/i.exec(text)
  if (pages !== null) return { unit: 'pages', tick: Number(pages[1]) }
  const percent = /^(\d{1,3})(?:\.(\d{1,4}))?\s*%$/.exec(text)
  if (percent !== null) {
    const [, whole = '', decimals = ''] = percent
    return { unit: 'percent', tick: Number(whole + decimals.padEnd(4, '0')) }
  }
  const size = parseSize(text, bytes(1))
  return size.ok ? { unit: 'bytes', tick: size.bytes } : undefined
}
