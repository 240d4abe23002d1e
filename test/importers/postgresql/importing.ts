import type { ImportOptions } from '../../../src/importers/importer.ts'
import { importPostgresql } from '../../../src/importers/postgresql/import-postgresql.ts'
import type { ScenarioText } from '../../../src/scenario/schema/scenario-text.ts'
import { libraryOf, partsOf, placesOf } from '../folders.ts'

interface Made {
  readonly scenario: ScenarioText
  readonly opening: readonly string[]
  readonly assumed: Readonly<Record<string, string>>
}

/** What a configuration becomes; it must have no flaw. */
export function made(text: string, release?: string, options: Partial<ImportOptions> = {}): Made {
  const imported = importPostgresql('pg.conf', libraryOf({ 'pg.conf': text }), {
    memory: '64 GB',
    ...options,
    ...(release === undefined ? {} : { release }),
  })
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const { scenario, opening } = partsOf(imported.annotated)
  return { scenario, opening, assumed: scenario.assumed ?? {} }
}

/** How many processes each group has. */
export function processesOf({ scenario }: Made): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(scenario.groups).map(([name, { processes }]) => [name, processes]),
  )
}
