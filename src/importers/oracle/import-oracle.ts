import type { Imported, Wishes } from '../imported.ts'
import type { Library } from '../library.ts'
import type { Instance } from './instance.ts'
import { instanceOf } from './instance.ts'
import { readParameters } from './parameter-file.ts'
import { scenarioOf } from './scenario.ts'
import { systemAreaOf } from './system-area.ts'

/** Makes a scenario of an Oracle initialization parameter file (init.ora, pfile). */
export function importOracle(path: string, library: Library, wishes: Wishes): Imported {
  const { entries, flaws } = readParameters(path, library)
  const { instance, flaws: wrong } = instanceOf(entries)
  const all = [...flaws, ...wrong]
  if (all.length > 0) return { ok: false, flaws: all }
  const area = systemAreaOf(instance)
  if (area === undefined) return { ok: false, flaws: [noSize(path, instance)] }
  return { ok: true, scenario: scenarioOf(path, instance, area, wishes) }
}

function noSize(path: string, instance: Instance) {
  const pointer = instance.entryOf('spfile')
  return {
    message: 'nothing here says how large the SGA is',
    expected: '`sga_target`, `memory_target`, or sizes of pools such as `db_cache_size`',
    ...(pointer === undefined
      ? {}
      : { suggestion: "CREATE PFILE='/tmp/init.ora' FROM SPFILE, and import that" }),
    spot: pointer?.spot ?? { source: { file: path, text: '' }, offset: 0 },
  }
}
