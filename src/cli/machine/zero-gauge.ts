/** Tells an archive of nothing but zeros, and one that was cut off, by the zeros it ends with. */
export interface ZeroGauge {
  readonly take: (piece: Uint8Array) => void
  /** Bytes taken, zeros or not. */
  readonly total: () => number
  /** What is wrong with so many zeros where no file is; `undefined` where they may be. */
  readonly tooMany: (entries: number) => string | undefined
  /** A tar ends with two blocks of zeros; some writers leave it at one. */
  readonly ended: () => boolean
}

const block = 512
const mostBefore = 64 * 1024
/** Writers fill up their last record, of 10 KiB or more. */
const mostBehind = 4 * 1024 * 1024

export function zeroGauge(): ZeroGauge {
  let total = 0
  let zeros = 0
  const take = (piece: Uint8Array): void => {
    total += piece.length
    const behind = zerosAtEnd(piece)
    zeros = behind === piece.length ? zeros + behind : behind
  }
  const tooMany = (entries: number): string | undefined => {
    if (entries === 0 && zeros === total && zeros > mostBefore) return 'it begins with zeros only'
    return entries > 0 && zeros > mostBehind ? 'zeros without end follow its last file' : undefined
  }
  return { take, total: () => total, tooMany, ended: () => zeros >= block }
}

const blank = Buffer.alloc(1024 * 1024)

/** Gigabytes can be zeros: looked at one by one they take longer than to unpack. */
function zerosAtEnd(piece: Uint8Array): number {
  let at = piece.length
  if (at <= blank.length && blank.compare(piece, 0, at, 0, at) === 0) return at
  while (at > 0 && piece[at - 1] === 0) at -= 1
  return piece.length - at
}
