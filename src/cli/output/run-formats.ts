import type { Result } from '../../plan/result/result.ts'
import type { AllResults } from '../../render/formats/all-results.ts'
import type { Unanswered } from '../../render/words/failure-words.ts'
import type { Renderers } from './delivery.ts'
import type { Format } from './formats.ts'
import type { Gathering } from './gathering.ts'

/** Who writes all results of a run, by format; loaded when it is asked for. */
export type WritersOf<One> = {
  readonly [Name in Format]?: () => Promise<(all: AllResults<One>) => Iterable<string>>
}

const csv = () => import('../../render/formats/plan-csv.ts')
const markdown = () => import('../../render/formats/markdown-page.ts')
const junit = () => import('../../render/formats/junit.ts')
const sarif = () => import('../../render/formats/sarif.ts')
const github = () => import('../../render/formats/github.ts')
const metrics = () => import('../../render/formats/open-metrics.ts')

/*
 * Formats that are written of all results once these are known. To add one: its name, the ends of file
 * names and what it needs in formats.ts, and here who writes it.
 */

/** Of `plan`. */
export const planFormats: WritersOf<Result> = {
  csv: async () => (await csv()).wideCsv,
  'csv-long': async () => (await csv()).longCsv,
  markdown: async () => (await markdown()).planMarkdown,
  junit: async () => (await junit()).planJunit,
  sarif: async () => (await sarif()).planSarif,
  github: async () => (await github()).planGithub,
  openmetrics: async () => (await metrics()).planMetrics,
}

/** Of `check`: the gates. */
export const checkFormats: WritersOf<Result> = {
  ...planFormats,
  csv: async () => (await csv()).gatesCsv,
  markdown: async () => (await markdown()).checkMarkdown,
}

/** Renderers of the formats that need all results. */
export function renderersOfAll<One>(
  writers: WritersOf<One>,
  gathering: Pick<Gathering<unknown>, 'texts'>,
  { unanswered, failures }: Unanswered,
): Renderers {
  const all: AllResults<One> = {
    results: function* results() {
      for (const line of gathering.texts('placed')) yield JSON.parse(line)
    },
    unanswered,
    failures,
  }
  return Object.fromEntries(
    Object.entries(writers).map(([format, load]) => [format, async () => (await load())(all)]),
  )
}
