import type { Source } from '../../scenario/yaml/yaml-tree.ts'
import type { Imported, Importer, ImportOptions } from '../importer.ts'
import type { Library } from '../library.ts'
import { perhapsNotRead, withNotRead } from '../not-read.ts'
import { excess } from '../sizes.ts'
import type { Instance } from './instance.ts'
import { instanceOf } from './instance.ts'
import { sizeSpot } from './origins.ts'
import type { Parameters } from './parameter-file.ts'
import { readParameters } from './parameter-file.ts'
import { contradictions, misspeltNames } from './refusals.ts'
import { scenarioOf } from './scenario.ts'
import { systemAreaOf } from './system-area.ts'

export const oracle: Importer = {
  importFile: importOracle,
  fileName: /[.]ora$|pfile/,
  content: /^[ \t]*(?:\w+[.]|[*][.])?_{0,2}(sga_target|memory_target|db_name|db_block_size)\s*=/im,
}

/** Makes a scenario of an Oracle initialization parameter file (init.ora, pfile). */
export function importOracle(path: string, library: Library, options: ImportOptions): Imported {
  return importParameters(path, readParameters(path, library), options)
}

/** Makes a scenario of the parameters of an instance, in whatever form they were written. */
export function importParameters(
  path: string,
  given: Parameters,
  options: ImportOptions,
): Imported {
  const { entries, flaws, notRead, main } = given
  const { instance, flaws: wrong } = instanceOf(entries)
  const all = [...flaws, ...misspeltNames(entries), ...wrong, ...contradictions(instance)]
  if (all.length > 0) return { ok: false, flaws: all }
  const area = systemAreaOf(instance)
  if (area === undefined)
    return { ok: false, flaws: [perhapsNotRead(noSize(main, instance), notRead)] }
  const wrongSize = excess('the SGA', area.bytes, sizeSpot(instance, area))
  if (wrongSize.length > 0) return { ok: false, flaws: wrongSize }
  return withNotRead(scenarioOf(path, instance, area, options), notRead)
}

function noSize(main: Source, instance: Instance) {
  const pointer = instance.entryOf('spfile')
  return {
    message: 'the size of the SGA is missing',
    expected: '`sga_target`, `memory_target`, or sizes of pools such as `db_cache_size`',
    ...(pointer === undefined
      ? {}
      : { suggestion: "CREATE PFILE='/tmp/init.ora' FROM SPFILE, and import that" }),
    spot: pointer?.spot ?? { source: main, offset: 0 },
  }
}
