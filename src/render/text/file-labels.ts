import { cutMiddle } from './width.ts'

/**
 * Short names of files: without folders and ending, but with as many folders as it takes to tell
 * each from the others, and the ending where even the whole path does not.
 */
export function fileLabels(files: readonly string[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  const stems = countsOf([...new Set(files)].map(stemOf))
  const wholeOf = (file: string): string => (stems.get(stemOf(file)) === 1 ? stemOf(file) : file)
  let left: readonly string[] = [...new Set(files)]
  for (let parts = 1; left.length > 0; parts += 1) {
    const short = new Map(left.map((file) => [file, lastParts(stemOf(file), parts)]))
    const alike = countsOf([...short.values()])
    left = left.filter((file) => {
      const label = short.get(file) ?? file
      const isWhole = label === stemOf(file)
      if (alike.get(label) !== 1 && !isWhole) return true
      labels.set(file, isWhole ? wholeOf(file) : label)
      return false
    })
  }
  return labels
}

/** Labels in at most that many columns, cut in the middle; whole where two would look alike. */
export function shortened(
  labels: readonly string[],
  width: number,
  mark: string,
): ReadonlyMap<string, string> {
  const all = [...new Set(labels)]
  const cut = all.map((label) => cutMiddle(label, width, mark))
  const alike = countsOf(cut)
  return new Map(
    all.map((label, index) => {
      const short = cut[index] ?? label
      return [label, alike.get(short) === 1 ? short : label]
    }),
  )
}

function stemOf(file: string): string {
  return file.replace(/(?<=[^/])[.](ya?ml|json|ndjson|jsonl)$/, '')
}

function lastParts(path: string, parts: number): string {
  return path.split('/').slice(-parts).join('/')
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
