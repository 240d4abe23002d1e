/** Suffixes of Kubernetes: apimachinery/pkg/api/resource/quantity.go; `m` is a thousandth. */
const quantitySuffixes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['m', 0.001],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
])

/** `16Gi`, `1.5G`, `128974848`, `1e9`: bytes, rounded up as Kubernetes does. */
export function readQuantity(text: string): number | undefined {
  const match = /^([0-9]{1,20}(?:[.][0-9]{0,20})?)(?:[eE]([0-9]{1,2})|([a-zA-Z]{0,2}))$/.exec(
    text.trim(),
  )
  if (match === null) return undefined
  const [, number = '', exponent, suffix = ''] = match
  const scale = exponent === undefined ? quantitySuffixes.get(suffix) : 10 ** Number(exponent)
  return scale === undefined ? undefined : whole(Number(number) * scale)
}

/** Sizes of Compose, all of them binary: the Compose Specification, "Specifying byte values". */
const composeSuffixes: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 2 ** 10],
  ['kb', 2 ** 10],
  ['m', 2 ** 20],
  ['mb', 2 ** 20],
  ['g', 2 ** 30],
  ['gb', 2 ** 30],
])

/** `512m`, `2gb`, `1073741824`. */
export function readComposeSize(text: string): number | undefined {
  const match = /^([0-9]{1,20}(?:[.][0-9]{0,20})?)\s*([a-zA-Z]{0,2})$/.exec(text.trim())
  const scale = composeSuffixes.get(match?.[2]?.toLowerCase() ?? '-')
  return match === null || scale === undefined ? undefined : whole(Number(match[1]) * scale)
}

function whole(bytes: number): number | undefined {
  const rounded = Math.ceil(bytes)
  return Number.isSafeInteger(rounded) && rounded > 0 ? rounded : undefined
}
