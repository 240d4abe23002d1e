import type { Choices } from '../choices.ts'
import { damagedBytes, damagedText } from '../damage.ts'
import { outcomeOf } from '../input.ts'
import { damagedData } from './scenario-data.ts'
import type { Target } from './target.ts'

const small =
  'version: 1\nhost: { memory: 8 GiB }\nregions: { a: { size: 1 GiB } }\ngroups: { c: { processes: 10, maps: [{ region: a }] } }\nstrategies: [as-described]\n'
const gated = `${small}gates: { risk: tight, headroom: 5%, pageTables: 1 GiB, findings: error }\nallow: [{ finding: MSP012, until: 2026-12-31, reason: later }]\n`
const other = small.replace('c:', 'd:').replace('10,', '4000,')

const saved = await Promise.all([
  printed(['a.yaml', '-f', 'json'], { 'a.yaml': small }),
  printed(['a.yaml', '-f', 'json'], { 'a.yaml': gated }),
  printed(['a.yaml', 'b.yaml', '-f', 'json'], { 'a.yaml': gated, 'b.yaml': other }),
  printed(['a.yaml', 'b.yaml', '-f', 'ndjson'], { 'a.yaml': small, 'b.yaml': other }),
  printed(['verify', 'a.yaml', '-f', 'json'], {
    'a.yaml': `${small}measured: { pageTables: 30 MiB }\n`,
  }),
])

/** Results that were saved, edited by hand or cut off, to be judged again or compared with. */
export const savedResult: Target = {
  share: 2,
  passesOn: true,
  draw: (choices) => {
    const content = savedText(choices)
    const how = choices.pick([
      [],
      ['-f', 'json'],
      ['-f', 'ndjson'],
      ['--max-risk', 'tight'],
      ['--min-headroom', '5%'],
      ['--fail-on', 'info'],
      ['-o', 'out.json'],
    ])
    return choices.oneIn(3)
      ? {
          argv: [
            'check',
            'a.yaml',
            '--baseline',
            'r.json',
            ...how,
            ...choices.pick([[], ['--max-growth', '5%'], ['--max-growth', '1MiB']]),
          ],
          files: { 'a.yaml': gated, 'r.json': content },
        }
      : {
          argv: [
            choices.pick(['check', 'check', 'check', 'plan', 'verify', 'explain']),
            'r.json',
            ...how,
          ],
          files: { 'r.json': content },
        }
  },
}

function savedText(choices: Choices): string | Uint8Array {
  const text = choices.pick(saved)
  const kind = choices.below(6)
  if (kind < 3) return JSON.stringify(damagedData(JSON.parse(text.split('\n{')[0] ?? ''), choices))
  if (kind < 5) return damagedText(text, choices, saved)
  return damagedBytes(new TextEncoder().encode(text), choices)
}

async function printed(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout, stderr } = await outcomeOf({ argv, files })
  if (stdout === '') throw new Error(`there is no result to save: ${stderr}`)
  return stdout
}
