import { clusters, clusterWidth } from './width.ts'

/** Puts stand-ins for characters that a table drawer mismeasures, and takes them out again. */
export interface StandIns {
  readonly put: (text: string) => string
  readonly take: (text: string) => string
}

const ascii = /^[\x20-\x7e]*$/
const first = 0xf0000
const most = 0xfffd
/** Follows the stand-in of a wide character. */
const filler = '\ue000'

/**
 * cli-table3 measures text by rules of its own, which differ from a terminal's for many scripts.
 * So each character outside ASCII is replaced by a private-use one, that is one column wide by any
 * rule, and a filler where it takes two. Neither can come from outside: names are escaped.
 */
export function standIns(): StandIns {
  const originals: string[] = []
  const indices = new Map<string, number>()
  const standIn = (cluster: string): string => {
    const index = indices.get(cluster) ?? originals.length
    if (index > most) return '?'.repeat(clusterWidth(cluster))
    indices.set(cluster, index)
    originals[index] = cluster
    return String.fromCodePoint(first + index) + filler.repeat(clusterWidth(cluster) - 1)
  }
  return {
    put: (text) =>
      ascii.test(text)
        ? text
        : clusters(text)
            .map((cluster) => (ascii.test(cluster) ? cluster : standIn(cluster)))
            .join(''),
    take: (text) =>
      text.replaceAll(filler, '').replace(/[\u{f0000}-\u{ffffd}]/gu, (sign) => {
        return originals[(sign.codePointAt(0) ?? 0) - first] ?? sign
      }),
  }
}
