import { issuesOf } from '../../importers/import-issues.ts'
import type { Figures } from '../../importers/templates/draft-scenario.ts'
import { draftScenario, exampleFor, mainFigures } from '../../importers/templates/draft-scenario.ts'
import { writeScenario } from '../../scenario/write-scenario.ts'
import type { Issue } from '../../scenario/yaml/issue.ts'
import { printable } from '../../units/printable.ts'
import type { InitRequest } from '../arguments/init-options.ts'
import type { Request } from '../arguments/request.ts'
import { inputOf } from '../machine/input-of.ts'
import type { World } from '../machine/world.ts'
import { checkOutputs, deliver } from '../output/delivery.ts'
import { reportFailure, reportText } from '../output/report.ts'
import type { Status } from '../output/status.ts'
import { status } from '../output/status.ts'
import type { Start } from './init-questions.ts'
import { askMissing } from './init-questions.ts'

/** Writes a scenario of a template and a few numbers, or prints what the plan makes of it. */
export async function initCommand(request: Request, world: World): Promise<Status> {
  const { init } = request
  if (init === undefined) throw new RangeError('init without its options')
  const writable = await checkOutputs(request, [], world)
  if (writable !== status.answered) return writable
  const below = detailsOption(request)
  if (!init.plans && below !== undefined) {
    await reportText(`${below} requires --plan`, world)
    return status.invalid
  }
  const start = await startOf(init, request, world)
  if (typeof start === 'string') {
    await reportText(start, world)
    return status.invalid
  }
  const issues = flawsIn(start)
  if (issues.length > 0) {
    return reportFailure({ status: status.invalid, issues }, request.color, world)
  }
  if (request.options.quiet !== true) await tellExamples(start, world)
  const text = writeScenario(draftScenario(start.template, start.figures))
  const yaml = async (): Promise<string> => text
  if (!init.plans) return deliver(request, world, { yaml })
  const { format: _, ...filesOnly } = request
  const planned = await planText(text, start, filesOnly, world)
  return planned === status.answered ? deliver(filesOnly, world, { yaml }) : planned
}

/** The option that asks for tables below the screen; `undefined`: none does. */
function detailsOption({ options: { details, show, verbose } }: Request): string | undefined {
  if (details) return '--details'
  if (show !== undefined) return '--show'
  return verbose ? '--verbose' : undefined
}

/** With what a person at the terminal adds; or why it is not enough. */
async function startOf(
  init: InitRequest,
  { options }: Request,
  world: World,
): Promise<Start | string> {
  const dialogue = options.quiet === true ? undefined : world.openDialogue()
  if (dialogue === undefined) {
    const { template = 'blank', figures } = init
    const isHalf = figures.shared !== undefined && figures.memory === undefined
    return isHalf ? '--shared requires --memory SIZE' : { template, figures }
  }
  const say = (text: string): Promise<void> => reportText(printable(text), world)
  try {
    const start = await askMissing(init, dialogue, firstFlaw, say)
    return start ?? 'no answer; nothing was written'
  } finally {
    dialogue.close()
  }
}

function flawsIn({ template, figures }: Start): readonly Issue[] {
  return issuesOf(draftScenario(template, figures), { file: 'init', text: '' })
}

function firstFlaw(start: Start): string | undefined {
  const [flaw] = flawsIn(start)
  if (flaw === undefined) return undefined
  const { message, expected, suggestion } = flaw
  const hint = suggestion ?? (expected === undefined ? undefined : `write ${expected}`)
  return hint === undefined ? message : `${message}; ${hint}`
}

/** A number that only looks like one of the server must not pass unnoticed. */
async function tellExamples({ template, figures }: Start, world: World): Promise<void> {
  const missing = mainFigures.filter((figure: keyof Figures) => figures[figure] === undefined)
  if (missing.length === 0) return
  const example = exampleFor(template, figures)
  const options = missing.map((name) => `--${name} ${String(example[name]).replace(' ', '')}`)
  await reportText(`these numbers are examples: ${options.join(' ')}`, world)
}

/** Plans the text in a world where it is a file: of the name that it will have, if it gets one. */
async function planText(
  text: string,
  { template }: Start,
  request: Request,
  world: World,
): Promise<Status> {
  const { planCommand } = await import('./plan-command.ts')
  const path = request.outputs[0]?.path ?? `init ${template}`
  const content = new TextEncoder().encode(text)
  return planCommand(
    {
      ...request,
      ...(request.options.quiet === true ? {} : { format: 'table' }),
      command: 'plan',
      operands: [path],
      outputs: [],
    },
    {
      ...world,
      kindOf: (asked) => (asked === path ? 'file' : world.kindOf(asked)),
      openInput: (asked) => (asked === path ? inputOf(content) : world.openInput(asked)),
    },
  )
}
