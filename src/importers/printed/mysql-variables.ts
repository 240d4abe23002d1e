import type { Source } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import { beginning, mainText } from '../including.ts'
import type { Library } from '../library.ts'
import { importOptions } from '../mysql/import-mysql.ts'
import type { OptionLine } from '../mysql/option-file.ts'
import { isUsed } from '../mysql/option-names.ts'
import type { Row } from './table.ts'
import { readTable } from './table.ts'

/** `SHOW VARIABLES` of MySQL or MariaDB, as a client prints it. */
export const mysqlVariables: Importer = {
  importFile: importVariables,
  fileName: /show_?variables[^/]*$/,
  content: /^[ \t|*"]*variable_name\b|^[ \t|]*innodb_buffer_pool_size[ \t]*[|\t][^=\n]*$/im,
}

function importVariables(path: string, library: Library, options: ImportOptions): Imported {
  const reading = beginning(path, library)
  const main: Source = { file: path, text: mainText(reading) ?? '' }
  const rows = readTable(main, { key: 'variable_name', usual: ['variable_name', 'value'] })
  const group = { name: 'mysqld', reader: 'all', spot: { source: main, offset: 0 } } as const
  const all = rows.flatMap((row) => optionIn(row, group))
  const version = /^\d{1,3}(?:[.]\d{1,3}){0,2}/.exec(textOf(all, 'version'))?.[0]
  const release = options.release ?? version
  const lines = all.filter(({ name }) => isUsed(name))
  const flaws = [...reading.flaws, ...(lines.length === 0 ? [nothingIn(main)] : [])]
  return importOptions(
    path,
    { lines, groups: [group], flaws, notRead: [], main },
    release === undefined ? options : { ...options, release },
  )
}

function textOf(lines: readonly OptionLine[], name: string): string {
  return lines.find((line) => line.name === name)?.value ?? ''
}

function nothingIn(source: Source) {
  return {
    message: 'no row of a table has the name and the value of a variable',
    expected: 'the output of `SHOW GLOBAL VARIABLES`',
    spot: { source, offset: 0 },
  }
}

/** The server prints whole names; its values are in bytes. */
function optionIn(row: Row, group: OptionLine['group']): readonly OptionLine[] {
  const name = row.get('variable_name')
  const value = row.get('value')
  if (name === undefined || value === undefined) return []
  return [
    {
      name: name.text.toLowerCase(),
      written: name.text,
      value: value.text,
      nameSpot: name.spot,
      valueSpot: value.spot,
      isLoose: false,
      group,
    },
  ]
}
