import { expect, it } from 'vitest'
import { answerTo } from '../../scenarios/shipped.ts'

const scenario = `version: 1
name: 50% of, them
host: { memory: 8 GB }
regions: { sga: { size: 8 GB } }
groups: { clients: { processes: 500, maps: [{ region: sga }] } }
gates:
  risk: tight
`

it('annotates the gate at its line, then findings, worst first, then the verdict', async () => {
  const { stdout } = await answerTo(['a,b.yaml', '-f', 'github'], { 'a,b.yaml': scenario })
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(
    /^::error file=a%2Cb[.]yaml,line=7,col=3,endColumn=7,title=mshare-plan%3A gate fails::risk at most tight: risk out of memory[.] /,
  )
  const levels = lines.slice(1).map((line) => /^::([a-z]+) /.exec(line)?.[1] ?? '')
  expect(levels).toEqual(levels.toSorted((a, b) => rank(a) - rank(b)))
  expect(lines.at(-1)).toMatch(
    /^::notice file=a%2Cb[.]yaml,line=1,title=mshare-plan::50%25 of, them: OUT OF MEMORY/,
  )
})

function rank(level: string): number {
  return ['error', 'warning', 'notice'].indexOf(level)
}

it('has no file for standard input, and the first line for what an option says', async () => {
  const { stdout } = await answerTo(['a.yaml', '-f', 'github', '--max-risk', 'safe'], {
    'a.yaml': scenario,
  })
  expect(stdout).toMatch(/^::error file=a[.]yaml,line=1,title=/)
})
