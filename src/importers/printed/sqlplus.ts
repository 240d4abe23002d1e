import type { Source, Spot } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import { beginning, mainText } from '../including.ts'
import type { Library } from '../library.ts'
import { importParameters } from '../oracle/import-oracle.ts'
import { usedNames } from '../oracle/instance.ts'
import type { ParameterEntry } from '../oracle/parameter-file.ts'

/** `show parameter` and `show sga` of SQL*Plus. */
export const sqlplus: Importer = {
  importFile: importSqlplus,
  fileName: /show_?(?:parameter|sga)s?[^/]*$/,
  content: /^NAME[ \t]+TYPE[ \t]+VALUE[ \t]*$|^Total System Global Area[ \t]/im,
}

function importSqlplus(path: string, library: Library, options: ImportOptions): Imported {
  const reading = beginning(path, library)
  const main: Source = { file: path, text: mainText(reading) ?? '' }
  const entries = entriesIn(main)
  const flaws = [...reading.flaws, ...(entries.length === 0 ? [nothingIn(main)] : [])]
  return importParameters(path, { entries, flaws, notRead: [], main }, options)
}

function nothingIn(source: Source) {
  return {
    message: 'no parameter of Oracle is in this text',
    expected: 'the output of `show parameter` or `show sga` of SQL*Plus',
    spot: { source, offset: 0 },
  }
}

/** The types of `show parameter`, between name and value; a value may be missing. */
const parameterLine =
  /^([a-z_][\w$#]*)[ \t]+(?:string|boolean|integer|big integer|file|number)(?:[ \t]+(\S.*?))?[ \t]*$/i
/** Fixed and variable size, buffers and redo: what the total of `show sga` is made of. */
const areaLine =
  /^(?:Fixed Size|Variable Size|Database Buffers|Redo Buffers|In-Memory Area)[ \t]+(\d{1,16})[ \t]+bytes/i

function entriesIn(source: Source): readonly ParameterEntry[] {
  const entries: ParameterEntry[] = []
  let [area, areaOffset] = [0, 0]
  for (let start = 0; start <= source.text.length; ) {
    const newline = source.text.indexOf('\n', start)
    const end = newline === -1 ? source.text.length : newline
    const text = source.text.slice(start, end).replace(/\r$/, '')
    const spot = { source, offset: start }
    entries.push(...parameterIn(text, spot))
    const bytes = text.length > longest ? undefined : areaLine.exec(text)?.[1]
    if (bytes !== undefined) {
      areaOffset = area === 0 ? start : areaOffset
      area += Number(bytes)
    }
    start = end + 1
  }
  const names = new Set(entries.map(({ name }) => name))
  if (area === 0 || ['sga_target', 'memory_target'].some((name) => names.has(name))) return entries
  return [...entries, ofArea(area, { source, offset: areaOffset })]
}

/** More than a line of SQL*Plus has. */
const longest = 4000

function parameterIn(text: string, spot: Spot): readonly ParameterEntry[] {
  const match = text.length > longest ? null : parameterLine.exec(text)
  const [, name = '', value] = match ?? []
  const canonical = name.toLowerCase()
  if (value === undefined || !usedNames.includes(canonical)) return []
  const at = { source: spot.source, offset: spot.offset + text.lastIndexOf(value) }
  return [{ name: canonical, values: [value], spot, valueSpots: [at] }]
}

/** `show sga` says what there is: as large as it can become. */
function ofArea(bytes: number, spot: Spot): ParameterEntry {
  return { name: 'sga_max_size', values: [String(bytes)], spot, valueSpots: [spot] }
}
