import type { LocatedFlaw, Spot } from '../scenario/yaml/yaml-tree.ts'

/** `64K`, `16g`, `8589934592`: a whole number and one letter of 1024, as Oracle and MySQL read sizes. */
export function readSuffixedSize(text: string): number | undefined {
  const match = /^\s*(\d{1,19})\s*([kmgtpe]?)\s*$/i.exec(text)
  if (match === null) return undefined
  const [, digits = '', letter = ''] = match
  const power = letter === '' ? 0 : 'kmgtpe'.indexOf(letter.toLowerCase()) + 1
  const size = Number(digits) * 1024 ** power
  return size <= Number.MAX_SAFE_INTEGER ? size : undefined
}

/** 4 PiB: the most of memory that x86-64 can address, and half of what is still counted exactly. */
const mostBytes = 2 ** 52

/** The flaw of an amount of memory that no host has; none where it could be. */
export function excess(what: string, size: number, spot: Spot | undefined): readonly LocatedFlaw[] {
  if (size <= mostBytes || spot === undefined) return []
  return [{ message: `${what} exceeds 4 PiB`, expected: 'less', spot }]
}
