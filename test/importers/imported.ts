import { readFileSync } from 'node:fs'
import type { Imported, ImportOptions } from '../../src/importers/importer.ts'
import { guessDatabase, importDatabase } from '../../src/importers/importers.ts'
import type { ScenarioText } from '../../src/scenario/schema/scenario-text.ts'
import { libraryOf, partsOf, placesOf } from './folders.ts'

/** A file of test/fixtures/imports. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/imports/${name}`, import.meta.url), 'utf8')
}

/** What a text of some kind becomes. */
export function importedAs(
  kind: string,
  text: string,
  options: Partial<ImportOptions> = {},
): Imported {
  return importDatabase(kind, 'f', libraryOf({ f: text }), { memory: '64 GB', ...options })
}

interface Made {
  readonly scenario: ScenarioText
  readonly opening: readonly string[]
  readonly assumed: Readonly<Record<string, string>>
  /** Path of a value → where it was read. */
  readonly sources: ReadonlyMap<string, string>
}

/** The scenario of a text that has no flaw. */
export function madeOf(kind: string, text: string, options: Partial<ImportOptions> = {}): Made {
  const imported = importedAs(kind, text, options)
  if (!imported.ok) throw new Error(placesOf(imported).join('\n'))
  const { scenario, opening } = partsOf(imported.annotated)
  return {
    scenario,
    opening,
    assumed: scenario.assumed ?? {},
    sources: imported.annotated.sources,
  }
}

/** What is wrong with a text, each with its place. */
export function wrongIn(kind: string, text: string): readonly string[] {
  return placesOf(importedAs(kind, text))
}

/** The kind that the name of a fixture, and else its text, tells. */
export function kindOf(name: string): string | undefined {
  return guessDatabase(`given/${name}`, fixture(name))
}

/** Where the size of the shared memory comes from. */
export function sizeSource({ sources, assumed }: Made): string {
  const path = 'regions.shared-memory.size'
  return assumed[path] ?? sources.get(path) ?? ''
}
