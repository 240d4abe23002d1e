import type { Figures, MainFigure } from '../../importers/templates/draft-scenario.ts'
import { exampleFor, mainFigures } from '../../importers/templates/draft-scenario.ts'
import type { TemplateName } from '../../importers/templates/template.ts'
import { templateNames } from '../../importers/templates/template.ts'
import { templates } from '../../importers/templates/templates.ts'
import { wholeNumber } from '../arguments/import-options.ts'
import type { InitRequest } from '../arguments/init-options.ts'
import { templateCalled } from '../arguments/init-options.ts'
import { enumeration, UsageError } from '../arguments/option.ts'
import type { Dialogue } from '../machine/world.ts'

/** A template, and what is known of the server. */
export interface Start {
  readonly template: TemplateName
  readonly figures: Figures
}

/** What is wrong with the figures, one sentence; `undefined` if nothing is. */
type Complain = (start: Start) => string | undefined

/**
 * Asks for the template and the main figures that the command line does not give. An empty answer takes
 * the example in brackets; a wrong one is asked for again, with the reason.
 * @param say shows a sentence.
 * @returns `undefined` where the person ended the input.
 */
export async function askMissing(
  { template: named, figures }: InitRequest,
  dialogue: Dialogue,
  complain: Complain,
  say: (text: string) => Promise<void>,
): Promise<Start | undefined> {
  const template = named ?? (await answerTo(templateQuestion, readTemplate))
  if (template === undefined) return undefined
  let start: Start = { template, figures }
  for (const figure of mainFigures) {
    if (start.figures[figure] !== undefined) continue
    const before = start
    const after = await answerTo(questionFor(figure, before), (answer) =>
      withFigure(before, figure, answer),
    )
    if (after === undefined) return undefined
    start = after
  }
  return start

  /** @param read throws a UsageError where the answer cannot be taken. */
  async function answerTo<Value>(
    question: string,
    read: (answer: string) => Value,
  ): Promise<Value | undefined> {
    for (;;) {
      const answer = await dialogue.ask(question)
      if (answer === undefined) return undefined
      try {
        return read(answer.trim())
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        await say(error.message)
      }
    }
  }

  function withFigure(before: Start, figure: MainFigure, answer: string): Start {
    if (answer === '') return before
    const value = figure === 'processes' ? wholeNumber(answer, 'the number') : answer
    const after = { ...before, figures: { ...before.figures, [figure]: value } }
    const complaint = complain(after)
    if (complaint !== undefined) throw new UsageError(complaint)
    return after
  }
}

const templateQuestion = `Template (${enumeration(templateNames)}) [blank]: `

function readTemplate(answer: string): TemplateName {
  return answer === '' ? 'blank' : templateCalled(answer)
}

function questionFor(figure: MainFigure, { template, figures }: Start): string {
  const { region, group } = templates[template]
  const example = exampleFor(template, figures)[figure]
  const clients = group.isThreaded ? 'threads' : 'processes'
  const questions: Readonly<Record<MainFigure, string>> = {
    memory: 'Memory of the server',
    shared: `Size of ${region.name} (${region.notes.size ?? ''})`,
    processes: `Number of ${clients} (${group.notes[clients] ?? ''})`,
  }
  return `${questions[figure]} [${example}]: `
}
