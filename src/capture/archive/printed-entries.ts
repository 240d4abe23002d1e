import type { ArchiveEntry, Sink } from '../files/tree.ts'
import type { TextSink } from '../machine/text-sink.ts'
import { textSink } from '../machine/text-sink.ts'
import { isWorthReading } from '../printed/file-names.ts'
import type { PrintedTexts } from '../printed/gather-printed.ts'
import { largestNotes, largestPrinted } from '../printed/gather-printed.ts'

/** More bytes of all such files together are not kept. */
const mostBytes = 2 * largestPrinted
/** Files whose names say nothing: more of them are not notes of one machine. */
const mostNotes = 100

/** The outputs of commands in an archive, as they come: below its only folder, or at its top. */
export class PrintedEntries {
  readonly #texts = new Map<string, TextSink>()
  readonly #refusals: string[] = []
  #prefix: string | undefined
  #room = mostBytes
  #notes = 0

  /** Where the content of an entry goes; `undefined` if it is no such file. */
  visit({ path, kind, bytes }: ArchiveEntry): Sink | undefined {
    if (kind !== 'file') return undefined
    const [prefix, name] = parts(path)
    const worth = isWorthReading(name)
    if (worth === undefined || (worth === 'perhaps' && this.#notes >= mostNotes)) return undefined
    this.#prefix ??= prefix
    if (prefix !== this.#prefix) return undefined
    const most = worth === 'named' ? largestPrinted : largestNotes
    if (bytes > Math.min(most, this.#room)) {
      if (worth === 'named') this.#refusals.push(name)
      return undefined
    }
    if (worth === 'perhaps') this.#notes += 1
    this.#room -= bytes
    const sink = textSink(most)
    this.#texts.set(name, sink)
    return sink
  }

  result(): PrintedTexts {
    const texts = [...this.#texts].flatMap(([name, sink]) => {
      const text = sink.text()
      return text === undefined ? [] : [{ name, text }]
    })
    return { texts, refusals: this.#refusals }
  }
}

/** The folder of the machine, and the path below it. Insights archives have `data` in theirs. */
function parts(path: string): readonly [prefix: string, name: string] {
  const data = /^(?:[^/]+\/)?data\//.exec(path)?.[0]
  if (data !== undefined) return [data, path.slice(data.length)]
  if (isWorthReading(path) !== undefined) return ['', path]
  const only = /^[^/]+\//.exec(path)?.[0] ?? ''
  return [only, path.slice(only.length)]
}
