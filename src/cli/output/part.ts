import type { Places } from '../../render/formats/all-results.ts'
import { renderJson, renderJsonLines } from '../../render/json.ts'
import type { Ink } from '../../render/text/ink.ts'
import type { World } from '../machine/world.ts'
import { isInActions } from './annotations.ts'
import type { OutputRequest } from './delivery.ts'
import { ofAll } from './formats.ts'
import { fileInk, inkFor } from './ink-choice.ts'

/** What one result adds to the outputs. Plain data: a thread can hand it over. */
export interface Part<Entry> {
  readonly verdict: 'pass' | 'fail' | 'none'
  /** Its place among the others where they are ordered, compared number by number. */
  readonly rank: readonly number[]
  /** What a table of all of them needs of it. */
  readonly entry: Entry
  /** Only the forms that some output asks for. */
  readonly texts: Texts
}

/**
 * A result in the forms of the outputs: `stdout` and `file` are tables; `placed` is a line of JSON, of
 * which formats are made that need all results; `page` is what an HTML report knows of it, as JSON.
 */
export type Texts = { readonly [Form in TextForm]?: string }
export type TextForm = 'json' | 'ndjson' | 'stdout' | 'file' | 'placed' | 'page'

/** Which forms some output asks for. */
export interface Wanted {
  readonly json: boolean
  readonly ndjson: boolean
  /** For formats that need all results; `places`: they show where the causes of findings are written. */
  readonly placed?: 'places' | 'results'
  /** For an HTML report. */
  readonly page: boolean
  /** For tables: the characters, colours and width that each kind of output has. */
  readonly inks: { readonly stdout?: Ink; readonly file?: Ink }
}

export function wantedBy({ format, isUsual, outputs, color }: OutputRequest, world: World): Wanted {
  const isAnnotated = isUsual && isInActions(world)
  const formats = new Set([format, ...outputs.map((output) => output.format)])
  if (isAnnotated) formats.add('github')
  const needed = [...formats].map((one) => (one === undefined ? undefined : ofAll(one)))
  const placed = (['places', 'results'] as const).find((one) => needed.includes(one))
  return {
    json: formats.has('json'),
    ndjson: formats.has('ndjson'),
    page: formats.has('html'),
    ...(placed === undefined ? {} : { placed }),
    inks: {
      ...(format === 'table' ? { stdout: inkFor(world.stdout, world, color) } : {}),
      ...(outputs.some((output) => output.format === 'table') ? { file: fileInk } : {}),
    },
  }
}

/** A result in the forms that are wanted. */
export function textsOf<Result extends object>(
  result: Result,
  { json, ndjson, placed, inks }: Wanted,
  table?: (result: Result, ink: Ink) => string,
  places?: Places,
): Texts {
  return {
    ...(json ? { json: renderJson(result) } : {}),
    ...(ndjson ? { ndjson: renderJsonLines([result]) } : {}),
    ...(placed === undefined
      ? {}
      : { placed: JSON.stringify({ result, ...(places === undefined ? {} : { places }) }) }),
    ...(inks.stdout === undefined || table === undefined
      ? {}
      : { stdout: table(result, inks.stdout) }),
    ...(inks.file === undefined || table === undefined ? {} : { file: table(result, inks.file) }),
  }
}
