import { stringify } from 'yaml'
import type { Choices } from '../choices.ts'
import { damagedBytes, damagedText } from '../damage.ts'
import { hostileText } from '../hostile.ts'
import type { Outcome } from '../input.ts'
import { scenarios } from '../material.ts'
import { damagedData, scenarioData } from './scenario-data.ts'
import type { Target } from './target.ts'

/** Scenarios, sound and damaged, by the commands that read them. */
export const scenario: Target = {
  share: 3,
  draw: (choices) => {
    const name = choices.pick(['a.yaml', 'a.yaml', 'a.json', 'a.ndjson', '-'])
    const content = choices.oneIn(10) ? severalTexts(choices) : scenarioText(choices)
    const columns = choices.oneIn(8) ? { columns: 40 + choices.below(120) } : {}
    return {
      argv: [...commandFor(choices), ...(name === '-' ? ['-'] : [name]), ...formatFor(choices)],
      files: name === '-' ? {} : { [name]: content },
      ...(name === '-' ? { stdin: content } : {}),
      ...columns,
    }
  },
  brokenPromises: (_, outcome) => (hasPlace(outcome) ? [] : ['status 2 without a place']),
}

/** Documents one after another, as YAML has them or one on each line. */
function severalTexts(choices: Choices): string {
  const texts = [0, 1, ...choices.some(3, () => 2)].map(() => {
    if (choices.oneIn(4)) return hostileText(choices)
    const data = choices.oneIn(3)
      ? damagedData(scenarioData(choices), choices)
      : scenarioData(choices)
    return JSON.stringify(data)
  })
  return texts.join(choices.pick(['\n', '\n', '\n---\n', '\n...\n---\n', '\n---']))
}

/** The text of a scenario: made, shipped or damaged. */
export function scenarioText(choices: Choices): string | Uint8Array {
  const kind = choices.below(10)
  if (kind < 2) return writtenOut(scenarioData(choices), choices)
  if (kind < 6) return writtenOut(damagedData(scenarioData(choices), choices), choices)
  const base = choices.oneIn(2)
    ? choices.pick(scenarios)
    : writtenOut(scenarioData(choices), choices)
  return kind < 9
    ? damagedText(base, choices, scenarios)
    : damagedBytes(new TextEncoder().encode(base), choices)
}

function writtenOut(data: unknown, choices: Choices): string {
  return choices.oneIn(3) ? stringify(data) : JSON.stringify(data)
}

/** What takes hundreds of plans is asked less often. */
function commandFor(choices: Choices): readonly string[] {
  if (choices.oneIn(500)) return ['limits', ...choices.pick([[], ['--no-chart']])]
  if (choices.oneIn(20)) return choices.pick([[], ['explain']])
  return choices.pick([['check'], ['check'], ['verify']])
}

function formatFor(choices: Choices): readonly string[] {
  return choices.pick([
    [],
    ['-f', 'json'],
    ['-f', 'json'],
    ['-f', 'table'],
    ['-o', 'out.json'],
    ['--color', 'always'],
    ['-q'],
  ])
}

/** An invalid scenario is shown line and column, but where the whole of it is not to be read. */
function hasPlace({ status, stderr }: Outcome): boolean {
  return (
    status !== 2 ||
    /(?:a[.](?:yaml|json|ndjson)|-):\d+:\d+:/.test(stderr) ||
    /^mshare-plan: /.test(stderr)
  )
}
