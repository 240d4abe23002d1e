/** `64K`, `16g`, `8589934592`: a whole number and one letter of 1024, as Oracle and MySQL read sizes. */
export function readSuffixedSize(text: string): number | undefined {
  const match = /^\s*(\d{1,19})\s*([kmgtpe]?)\s*$/i.exec(text)
  if (match === null) return undefined
  const [, digits = '', letter = ''] = match
  const power = letter === '' ? 0 : 'kmgtpe'.indexOf(letter.toLowerCase()) + 1
  const size = Number(digits) * 1024 ** power
  return size <= Number.MAX_SAFE_INTEGER ? size : undefined
}
