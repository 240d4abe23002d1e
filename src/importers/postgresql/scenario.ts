import type { GroupText, MappingText } from '../../scenario/scenario-text.ts'
import { bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Imported, Wishes } from '../imported.ts'
import type { Remarks } from '../remarks.ts'
import { assumed, decidedBy, given, noRemarks, ofOption } from '../remarks.ts'
import type { UnknownName } from '../unknown-name.ts'
import { doubtsOf, withMargin } from './certainty.ts'
import { openingOf } from './opening.ts'
import type { Crew } from './processes.ts'
import { crewsOf } from './processes.ts'
import { poolOf, regionOf, remarkSize, shared } from './region.ts'
import type { KnownRelease } from './release.ts'
import { said } from './sayings.ts'
import type { Settings } from './settings.ts'
import { sharedMemoryOf } from './shared-memory.ts'

/**
 * The scenario of a PostgreSQL server: one region, a group for each kind of process.
 * @param unknown names that are left to a release which may have them.
 */
export function scenarioOf(
  path: string,
  settings: Settings,
  release: KnownRelease,
  unknown: readonly UnknownName[],
  wishes: Wishes,
): Imported {
  const remarks = noRemarks()
  const room = Math.max(settings.numberOf('max_connections'), wishes.connections ?? 0)
  const asked = { rules: release.rules, release: release.defaults, connections: room, gssapi: true }
  const certain = sharedMemoryOf(asked, settings)
  const doubts = doubtsOf(release, settings, certain)
  const memory = withMargin(certain, doubts)
  const region = regionOf(settings, release, memory, remarks)
  remarkSize(memory, doubts, settings, release, wishes, remarks)
  const crews = crewsOf(settings, memory, wishes.connections)
  const groups = crews.map((crew) => [crew.name, groupOf(crew, settings, wishes, remarks)] as const)
  given(remarks, ['host', 'memory'], '--memory')
  if (wishes.swap !== undefined) given(remarks, ['host', 'swap'], '--swap')
  const pool = poolOf(settings, memory, remarks)
  const scenario = {
    version: 1 as const,
    name: `PostgreSQL ${release.series ?? ''}`.trim(),
    host: {
      memory: wishes.memory,
      ...(wishes.swap === undefined ? {} : { swap: wishes.swap }),
      ...(pool === undefined ? {} : { hugepages: pool }),
    },
    regions: { [shared]: region },
    groups: Object.fromEntries(groups),
    assumed: remarks.assumed,
  }
  const opening = openingOf(path, settings, release, memory, unknown)
  return {
    ok: true,
    scenario: { opening, scenario, notes: remarks.notes },
    origins: remarks.origins,
  }
}

function groupOf(crew: Crew, settings: Settings, wishes: Wishes, remarks: Remarks): GroupText {
  const path = ['groups', crew.name]
  given(remarks, path, crew.who)
  remarkCount(crew, settings, wishes, remarks)
  assumed(remarks, [...path, 'private'], crew.privateWhy)
  assumed(
    remarks,
    [...path, 'baseTables'],
    'measured on backends of PostgreSQL 15 and 18: 96 KiB idle, 124 KiB after sorting; no shared memory in it',
  )
  return {
    processes: crew.processes,
    private: writeSize(bytes(crew.privateBytes)),
    baseTables: '120 KiB',
    maps: [mapOf(crew, wishes, remarks)],
  }
}

function remarkCount(crew: Crew, settings: Settings, wishes: Wishes, remarks: Remarks): void {
  const path = ['groups', crew.name, 'processes']
  const lines = crew.by.map((name) => settings.lineOf(name)?.valueSpot)
  decidedBy(
    remarks,
    path,
    ...(crew.wished ? [ofOption('--connections', wishes.connections)] : lines),
  )
  const reasons = [...crew.by.map((name) => said(settings, name)), ...crew.besides].join(', ')
  if (crew.wished) given(remarks, path, `--connections; the files say ${reasons}`)
  else if (crew.by.length === 0) given(remarks, path, 'of every server')
  else if (crew.by.every((name) => settings.lineOf(name) !== undefined))
    given(remarks, path, reasons)
  else assumed(remarks, path, reasons)
}

function mapOf(crew: Crew, wishes: Wishes, remarks: Remarks): MappingText {
  const path = ['groups', crew.name, 'maps', 0, 'touched']
  if (crew.touched !== undefined) {
    given(remarks, path, 'all but the buffers themselves')
    return { region: shared, touched: crew.touched }
  }
  if (wishes.touched === undefined) return { region: shared }
  given(remarks, path, '--touched')
  return { region: shared, touched: wishes.touched }
}
