import { readCommandLine } from './arguments/command-line.ts'
import type { World } from './machine/world.ts'
import { reportBug } from './output/report.ts'
import type { Request } from './output/request.ts'
import type { Status } from './output/status.ts'

/**
 * The whole program: reads the command line, does what it asks, says how it went.
 * @param argv what follows the program's name
 * @returns the exit status; 70 for a mistake of ours, after a stack trace on standard error
 */
export async function main(argv: readonly string[], world: World): Promise<Status> {
  try {
    const line = await readCommandLine(argv, world)
    return line.kind === 'done' ? line.status : await obey(line.request, world)
  } catch (error) {
    return await reportBug(error, world)
  }
}

/** Each command is loaded when it is asked for: start-up pays for nothing else. */
async function obey(request: Request, world: World): Promise<Status> {
  switch (request.command) {
    case 'plan':
    case 'check':
      return (await import('./commands/plan-command.ts')).planCommand(request, world)
    case 'explain':
      return (await import('./commands/explain-command.ts')).explainCommand(request, world)
    case 'limits':
      return (await import('./commands/limits-command.ts')).limitsCommand(request, world)
    case 'capture':
      return (await import('./commands/capture-command.ts')).captureCommand(request, world)
    case 'verify':
      return (await import('./commands/verify-command.ts')).verifyCommand(request, world)
    case 'import':
      return (await import('./commands/import-command.ts')).importCommand(request, world)
    case 'layouts':
      return (await import('./commands/layouts-command.ts')).layoutsCommand(request, world)
    case 'schema':
      return (await import('./commands/schema-command.ts')).schemaCommand(request, world)
  }
}
