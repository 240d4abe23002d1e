import type { Source } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import { beginning, mainText } from '../including.ts'
import type { Library } from '../library.ts'
import { placeText } from '../place.ts'
import type { GucLine } from '../postgresql/guc/guc-file.ts'
import { importSettings } from '../postgresql/import-postgresql.ts'
import { releaseStated } from '../postgresql/release.ts'
import type { Row } from './table.ts'
import { readTable } from './table.ts'

/** `SHOW ALL` of psql, or `SELECT name, setting, unit FROM pg_settings`, as a client prints it. */
export const pgSettings: Importer = {
  importFile: importPgSettings,
  fileName: /pg_settings[^/]*$/,
  content:
    /^[ \t|│"]*name"?[ \t]*[|│\t,][ \t]*"?(?:current_)?setting"?|^[ \t]*setting[ \t]*[|│]|^(?:shared_buffers|max_connections)[|\t][^=\n]*$/im,
  takesDataSize: true,
}

function importPgSettings(path: string, library: Library, options: ImportOptions): Imported {
  const reading = beginning(path, library)
  const source: Source = { file: path, text: mainText(reading) ?? '' }
  const rows = readTable(source, { key: 'name', usual: ['name', 'setting', 'unit'] })
  const lines = rows.flatMap(settingIn)
  const lineOf = (name: string) => lines.find((line) => line.name.toLowerCase() === name)
  const number = lineOf('server_version_num')
  const version = lineOf('server_version') ?? number
  const told = lineOf('shared_memory_size')
  const given = {
    path,
    lines,
    flaws: [...reading.flaws, ...(lines.length === 0 ? [nothingIn(source)] : [])],
    notRead: [],
    release: releaseStated(
      version === number ? releaseOfNumber(number?.value) : version?.value,
      version === undefined ? '' : `${version.name} (${placeText(version.valueSpot)})`,
      options.release,
    ),
    isPrinted: true as const,
    remarks:
      told === undefined
        ? []
        : [
            `The server itself reports shared_memory_size = ${told.value} (${placeText(told.valueSpot)}).`,
          ],
  }
  return importSettings(given, options)
}

/** `160004` is 16.4; of three parts before 10: `90603` is 9.6.3 (PG_VERSION_NUM). */
function releaseOfNumber(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{5,6}$/.test(text)) return undefined
  const [major, minor] = [text.slice(0, -4), text.slice(-4, -2)]
  return Number(major) >= 10 ? major : `${major}.${Number(minor)}`
}

function nothingIn(source: Source) {
  return {
    message: 'no row of a table has the name and the value of a parameter',
    expected: 'the output of `SHOW ALL`, or of `SELECT name, setting, unit FROM pg_settings`',
    spot: { source, offset: 0 },
  }
}

/** `SHOW ALL` has units in its values; `pg_settings` has them in a column. */
function settingIn(row: Row): readonly GucLine[] {
  const name = row.get('name')
  const value = row.get('setting') ?? row.get('current_setting') ?? row.get('value')
  if (name === undefined || value === undefined || !/^[\w.]+$/.test(name.text)) return []
  const written = withUnit(value.text, row.get('unit')?.text ?? '')
  return [{ name: name.text, nameSpot: name.spot, value: written, valueSpot: value.spot }]
}

const unitBytes: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['kB', 1024],
  ['8kB', 8192],
  ['16kB', 16_384],
  ['32kB', 32_768],
  ['MB', 1024 ** 2],
])

const sizes = [
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['kB', 1024],
  ['B', 1],
] as const

/** `2097152` of `8kB` is 16GB. What is no amount of memory stays as it is. */
function withUnit(text: string, unit: string): string {
  const each = unitBytes.get(unit)
  const amount = /^[1-9]\d{0,12}$/.test(text) ? Number(text) * (each ?? 0) : 0
  if (amount === 0 || !Number.isSafeInteger(amount)) return text
  const [name, bytes] = sizes.find(([, size]) => amount % size === 0) ?? ['B', 1]
  return `${amount / bytes}${name}`
}
