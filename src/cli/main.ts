import { plainRequest } from './arguments/plain-words.ts'
import type { Request } from './arguments/request.ts'
import { asking } from './arguments/shells.ts'
import type { World } from './machine/world.ts'
import { reportBug } from './output/report.ts'
import type { Status } from './output/status.ts'

/**
 * The command line of the program. What comes in: the words after the program's name, and the
 * `World`: files, standard input, environment and date. What goes out: text on its two streams,
 * files that it replaces, and the exit status: 0 every gate holds, 1 a gate does not hold, 2 invalid
 * input, 3 a file could not be read or written, 70 a mistake of ours, after a stack trace.
 */
export async function main(argv: readonly string[], world: World): Promise<Status> {
  try {
    if (argv[0] === asking) {
      return (await import('./commands/complete-command.ts')).completeCommand(argv.slice(1), world)
    }
    const plain = plainRequest(argv)
    if (plain !== undefined) return await runCommand(plain, world)
    const { readCommandLine } = await import('./arguments/command-line.ts')
    const line = await readCommandLine(argv, world)
    return line.kind === 'done' ? line.status : await runCommand(line.request, world)
  } catch (error) {
    return await reportBug(error, world)
  }
}

/** Each command is loaded when it is asked for: start-up pays for nothing else. */
async function runCommand(request: Request, world: World): Promise<Status> {
  switch (request.command) {
    case 'plan':
    case 'check':
      return (await import('./commands/plan-command.ts')).planCommand(request, world)
    case 'report':
      return request.operands.length === 0
        ? (await import('./pages/playground.ts')).playgroundCommand(request, world)
        : (await import('./commands/plan-command.ts')).planCommand(request, world)
    case 'explain':
      return (await import('./commands/explain-command.ts')).explainCommand(request, world)
    case 'limits':
      return (await import('./commands/limits-command.ts')).limitsCommand(request, world)
    case 'sweep':
      return (await import('./commands/sweep/sweep-command.ts')).sweepCommand(request, world)
    case 'diff':
      return (await import('./commands/diff/diff-command.ts')).diffCommand(request, world)
    case 'timeline':
      return (await import('./commands/timeline/timeline-command.ts')).timelineCommand(
        request,
        world,
      )
    case 'capture':
      return (await import('./commands/capture-command.ts')).captureCommand(request, world)
    case 'collect':
      return (await import('./commands/collect-command.ts')).collectCommand(request, world)
    case 'verify':
      return (await import('./commands/verify-command.ts')).verifyCommand(request, world)
    case 'import':
      return (await import('./commands/import-command.ts')).importCommand(request, world)
    case 'postmortem':
      return (await import('./commands/postmortem-command.ts')).postmortemCommand(request, world)
    case 'init':
      return (await import('./commands/init-command.ts')).initCommand(request, world)
    case 'layouts':
      return (await import('./commands/layouts-command.ts')).layoutsCommand(request, world)
    case 'schema':
      return (await import('./commands/schema-command.ts')).schemaCommand(request, world)
    case 'completion':
      return (await import('./commands/completion-command.ts')).completionCommand(request, world)
  }
}
