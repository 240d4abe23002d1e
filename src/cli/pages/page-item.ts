import { withGrowthPoints } from '../../plan/limits/growth/grow.ts'
import type { Result } from '../../plan/result/result.ts'
import { caseTable } from '../../render/screen/case-table.ts'
import { growthLines } from '../../render/screen/growth-lines.ts'
import { rangeLines } from '../../render/screen/range-lines.ts'
import { pageInk } from '../../report/markup/ink.ts'
import { growthChart } from '../../report/pictures/growth-chart.ts'
import { withoutNotesOn } from '../../report/scenario/changed-data.ts'
import type { ReportEntry, WhatIf } from '../../report/scenario/report-data.ts'
import type { FleetLine } from '../../report/sections/fleet-part.ts'
import { fleetLine } from '../../report/sections/fleet-part.ts'
import { readData } from '../../scenario/read-data.ts'
import type { Workload } from '../../workload/workload.ts'
import type { Request } from '../arguments/request.ts'
import type { JudgingContext } from '../scenarios/judging-context.ts'
import type { ReadScenario } from '../scenarios/scenario-file.ts'

/** What an HTML report holds of one scenario. */
export interface PageItem {
  readonly entry: ReportEntry
  readonly line: FleetLine
}

/** A scenario for an HTML report, as a line of JSON. */
export function pageItem(
  { about, assumptions, text, base, workload }: ReadScenario,
  result: Result,
  { overrides, options }: Pick<Request, 'overrides' | 'options'>,
  { today, earlier }: JudgingContext,
): string {
  const { name, file, line } = about
  const { numaNodes } = options
  const data = readData(text, file, overrides, base)
  const paths = overrides.map(({ path }) => path)
  const whatIf = whatIfOf(result, workload)
  const item: PageItem = {
    entry: {
      file,
      ...(line === undefined ? {} : { line }),
      name,
      isNamedByFile: assumptions.some(({ path }) => path === 'name'),
      data: withoutNotesOn(data, paths),
      settings: overrides,
      context: {
        ...(numaNodes === undefined ? {} : { numaNodes }),
        // Only waivers are judged by the date: without them a page is the same every day.
        ...(today === undefined || workload.allow === undefined ? {} : { today }),
        ...(earlier === undefined ? {} : { earlier: earlierOf(earlier, about) }),
      },
      ...(whatIf === undefined ? {} : { whatIf }),
    },
    line: fleetLine(result),
  }
  return JSON.stringify(item)
}

function whatIfOf(result: Result, workload: Workload): WhatIf | undefined {
  const { growth, ranges, cases } = result
  if (growth === undefined && ranges === undefined && cases === undefined) return undefined
  const wide = { ...pageInk, width: 100 }
  return {
    sentences: [
      ...(growth === undefined ? [] : growthLines(result, growth, pageInk)),
      ...(ranges === undefined ? [] : rangeLines(result, ranges, pageInk)),
    ],
    ...(growth === undefined
      ? {}
      : { growth: growthChart(withGrowthPoints(workload, growth), result) }),
    ...(cases === undefined ? {} : { cases: caseTable(result, cases, wide).join('\n') }),
  }
}

/** Of a baseline with many results, those that may be about this scenario. */
function earlierOf(
  earlier: NonNullable<JudgingContext['earlier']>,
  { name, file }: ReadScenario['about'],
): NonNullable<JudgingContext['earlier']> {
  return earlier.filter(({ scenario }) => scenario.name === name || scenario.file === file)
}
