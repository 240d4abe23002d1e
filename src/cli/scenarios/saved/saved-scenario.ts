import { dirname, relative, resolve } from 'node:path'
import type { Request } from '../../arguments/request.ts'
import type { World } from '../../machine/world.ts'
import { shownPath } from '../../output/refusal.ts'
import type { Failure } from '../../output/report.ts'
import { status } from '../../output/status.ts'
import type { ReadScenario } from '../scenario-file.ts'

/** Writes the scenario for a file; without a path, for standard output. */
export type SavedScenario = (path?: string) => string

/** Whether an output asks for the scenario with the values of the command line. */
export function savesScenario({ format, outputs }: Pick<Request, 'format' | 'outputs'>): boolean {
  return format === 'yaml' || outputs.some((output) => output.format === 'yaml')
}

/** A YAML file holds one scenario. */
export function notOne(request: Request, count: number): Failure {
  const file = request.outputs.find(({ format }) => format === 'yaml')?.path
  const holder = file === undefined ? 'YAML' : shownPath(file)
  const text = `${holder} holds one scenario, and ${count} are named; name one, or write the results to a .json file`
  return { status: status.invalid, text }
}

/**
 * The text of a scenario with the values of the command line put in. One that extends another is written
 * whole, without comments: what was planned is in one file, which may go anywhere.
 */
export async function savedScenario(
  scenario: ReadScenario,
  { overrides }: Pick<Request, 'overrides'>,
  world: World,
): Promise<SavedScenario | Failure> {
  const { text, about, base } = scenario
  if (base !== undefined) {
    const { wholeScenario } = await import('../extending/whole-scenario.ts')
    const whole = wholeScenario(scenario, overrides)
    return () => whole
  }
  const { editScenario } = await import('../../../scenario/edit-scenario.ts')
  const edited = editScenario(text, about.file, overrides)
  if (!edited.ok) return { status: status.invalid, issues: edited.issues }
  const from = folderOf(about.file, world)
  return (path) =>
    path === undefined ? edited.text : withSchemaFrom(edited.text, from, folderOf(path, world))
}

/** Standard input has no folder: what it names is relative to the current one. */
function folderOf(path: string, world: World): string {
  return dirname(world.realPath(path))
}

/** The comment or the key that tells editors where the schema is: a relative path still leads there. */
function withSchemaFrom(text: string, from: string, to: string): string {
  if (from === to) return text
  const moved = (_: string, before: string, address: string): string => {
    const path = relative(to, resolve(from, address))
    return before + (path.startsWith('.') ? path : `./${path}`)
  }
  return text.replace(inComment, moved).replace(inKey, moved)
}

/** An address that is neither a URL nor an absolute path. */
const inComment = /^(#[ \t]*yaml-language-server:[ \t]*\$schema=)(?![a-z][a-z\d+.-]*:|\/)(\S+)/im
const inKey = /^([{ \t]*["']?\$schema["']?[ \t]*:[ \t]*["']?)(?![a-z][a-z\d+.-]*:|\/)([^\s"',}]+)/im
