import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTree } from '../../src/cli/machine/node-tree.ts'
import type { World } from '../../src/cli/machine/world.ts'
import { main } from '../../src/cli/main.ts'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import type { FakeMachine } from '../cli/fake-world.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { documents } from '../cli/shipped-documents.ts'

export const root: string = join(import.meta.dirname, '../..')
const folder = join(root, 'scenarios')

/** Configurations of databases, and a log, that are shipped beside the scenarios. */
const configurations = readdirSync(folder).filter((file) => /[.](conf|cnf|ora|log)$/.test(file))

/** Names of the shipped scenarios, without folder and extension. */
export const shipped: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace(/\.yaml$/, ''))
  .sort()

export function textOf(name: string): string {
  return readFileSync(join(folder, `${name}.yaml`), 'utf8')
}

/** What a command line brought forth. */
export interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
  /** What it wrote, by path. */
  readonly written: Readonly<Record<string, string>>
}

/** What the program answers to a command line; the shipped scenarios are there, and other files given. */
export async function answerTo(
  argv: readonly string[],
  others: Readonly<Record<string, string>> = {},
  terminal: Pick<FakeMachine, 'env' | 'terminal'> = {},
): Promise<Answer> {
  const names = [...shipped.map((name) => `${name}.yaml`), ...configurations]
  const own = Object.fromEntries(
    names.map((name) => [`scenarios/${name}`, readFileSync(join(folder, name), 'utf8')]),
  )
  const { world, stdout, stderr, written } = fakeWorld({
    ...terminal,
    files: { ...documents, ...own, ...others },
  })
  const status = await main(argv, { ...world, openTree: recorded(world) })
  return { stdout: stdout(), stderr: stderr(), status, written: Object.fromEntries(written) }
}

/** Trees of the fixtures are there as they are; all else is the fake world's. */
function recorded({ openTree: others }: World): World['openTree'] {
  return (path) => (path?.startsWith('test/fixtures/') ? openTree(join(root, path)) : others(path))
}

/** The published result of a shipped scenario. */
export async function resultOf(name: string): Promise<Result> {
  const { stdout } = await answerTo([`scenarios/${name}.yaml`, '--format', 'json'])
  return JSON.parse(stdout)
}

/** One strategy of a result that must have been planned. */
export function planned({ strategies }: Result, id: string): PlannedStrategy {
  const found = strategies.find((strategy) => strategy.id === id)
  if (found?.applies !== true) throw new RangeError(`${id} was not planned`)
  return found
}

/** Tables by level, as published for all processes, for a group or for a region. */
export function tablesOf(
  levels: Readonly<Record<string, number | { readonly tables: number }>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(levels).map(([level, total]) => [
      level,
      typeof total === 'number' ? total : total.tables,
    ]),
  )
}
