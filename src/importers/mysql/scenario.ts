import type { AnnotatedScenario } from '../../scenario/annotated-scenario.ts'
import type { RegionText, TouchedText } from '../../scenario/schema/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import { scenarioOn, touchedFrom } from '../command-line-values.ts'
import type { Imported, ImportOptions } from '../importer.ts'
import { poolOf } from './buffer-pool.ts'
import type { Buffer } from './buffers.ts'
import { buffersOf, hugePage } from './buffers.ts'
import { largePagesOf, mostBeyond, onLargePages } from './large-pages.ts'
import {
  pool,
  remarkBuffer,
  remarkLargePages,
  remarkOrigins,
  remarkPool,
  sayOptions,
} from './origins.ts'
import { ownMemoryOf } from './own-memory.ts'
import type { Servers } from './servers.ts'
import type { Settings } from './settings.ts'

/** One process with its buffers, each in a region of its own. */
export function scenarioOf(
  path: string,
  settings: Settings,
  options: ImportOptions,
  sentences: readonly string[],
): Imported {
  const annotated = scenarioOn(options)
  const large = settings.isOn('large_pages')
  const made = poolOf(settings, options)
  const whole = large ? onLargePages(settings, made) : made
  const buffers = buffersOf(settings, made)
  const pages = pagesOf(settings)
  remarkPool(settings, options, whole, annotated)
  for (const buffer of buffers) remarkBuffer(settings, buffer, annotated)
  if (large) remarkLargePages(settings, annotated)
  annotated.scenario = {
    version: 1,
    name: serverName(settings.servers),
    host: annotated.scenario.host,
    regions: Object.fromEntries([
      ...buffers.filter(({ isBefore }) => isBefore).map((one) => regionOf(one, pages)),
      regionOf({ name: pool, objects: made.chunks, each: whole.bytes / made.chunks }, pages),
      ...buffers.filter(({ isBefore }) => !isBefore).map((one) => regionOf(one, pages)),
    ]),
    groups: { mysqld: groupOf(settings, options, buffers, annotated) },
  }
  remarkOrigins(settings, options, annotated)
  annotated.headerComment = headerComment(path, settings, sentences)
  return { ok: true, annotated }
}

function serverName({ isMysqlPossible }: Servers): 'MySQL' | 'MariaDB' {
  return isMysqlPossible ? 'MySQL' : 'MariaDB'
}

/** What all regions have in common: `program`, and where they are on huge pages the call and the size. */
function pagesOf({ servers, isOn }: Settings) {
  const program = servers.isMysqlPossible ? ('mysql' as const) : ('mariadb' as const)
  const known = { program, programRelease: servers.release ?? '8.0' }
  if (!isOn('large_pages')) return { backing: 'anonymous' as const, ...known }
  const { backing } = largePagesOf(servers)
  return { backing, ...known, pageSize: '2 MiB', fallback: 'base-pages' as const }
}

function regionOf(
  {
    name,
    objects,
    each,
    isAfter,
  }: Pick<Buffer, 'objects' | 'each' | 'isAfter'> & { readonly name: string },
  pages: ReturnType<typeof pagesOf>,
): readonly [string, RegionText] {
  const whole = 'pageSize' in pages ? Math.ceil(each / hugePage) * hugePage : each
  const size = writeSize(bytes(objects * whole))
  const order = isAfter === true && 'pageSize' in pages ? { after: pool } : {}
  return [name, { size, ...(objects === 1 ? {} : { objects }), ...pages, ...order }]
}

function headerComment(
  path: string,
  { servers }: Settings,
  sentences: readonly string[],
): readonly string[] {
  const server = serverName(servers)
  return [
    `Made by mshare-plan import from ${path === '-' ? 'standard input' : path}. Values that it does not state are listed under assumed.`,
    `${server} is one process with a thread for each connection: all threads share one set of page`,
    'tables, so sharing tables between processes cannot save anything.',
    ...(servers.release === undefined
      ? ['Server release not found; assuming MySQL 8.0 (override with --release).']
      : []),
    ...sentences,
  ]
}

function groupOf(
  settings: Settings,
  options: ImportOptions,
  buffers: readonly Buffer[],
  annotated: AnnotatedScenario,
) {
  const apart = buffers
    .filter(({ option }) => option !== undefined)
    .reduce((sum, { objects, each }) => sum + objects * each, 0)
  const { own, each, connections, reason } = ownMemoryOf(settings, options, apart)
  const path = ['groups', 'mysqld']
  annotated.say(path, 'one process: a thread for each connection')
  if (options.connections !== undefined) annotated.say([...path, 'threads'], '--connections')
  else sayOptions(annotated, settings, [...path, 'threads'], ['max_connections'])
  annotated.assume([...path, 'private'], reason)
  const touched = touchedOf(settings, options, [...path, 'maps', 0, 'touched'], annotated)
  return {
    processes: 1,
    threads: connections,
    private: writeSize(bytes(own + each * connections)),
    maps: [
      { region: pool, ...(touched === undefined ? {} : { touched }) },
      ...buffers.map(({ name }) => ({ region: name })),
    ],
  }
}

/**
 * Of huge pages beyond the pool the server has no use: SET GLOBAL innodb_buffer_pool_size is refused with
 * large_pages (MDEV-29445).
 */
function touchedOf(
  settings: Settings,
  options: ImportOptions,
  path: readonly (string | number)[],
  annotated: AnnotatedScenario,
): TouchedText | undefined {
  if (options.touched !== undefined) return touchedFrom(options.touched, path, annotated)
  const made = poolOf(settings, options)
  if (mostBeyond(settings, made) === undefined) return undefined
  annotated.say(path, 'the pool, which cannot grow on huge pages')
  return { first: writeSize(bytes(made.bytes)) }
}
