import { describe, expect, it } from 'vitest'
import { answers } from '../../../src/cli/completion/answers.ts'
import { fakeWorld } from '../fake-world.ts'

const scenario = String.raw`
groups:
  "it's": { processes: 1 }
  "$(touch x)": { processes: 2 }
  "a:b\\c": { processes: 3 }
  "bang!": { processes: 4 }
`
const { world } = fakeWorld({ files: { 'odd.yaml': scenario, 'o/x.yaml': '' } })

describe('bash', () => {
  const ask = (...pieces: readonly string[]) =>
    answers.bash([String(pieces.length), '', '', 'mshare-plan', ...pieces], world)

  it('gets what begins as typed, and whether a blank may follow', () => {
    expect(ask('--max-risk', 's')).toEqual(['space', 'safe', 'swapping'])
    expect(ask('odd.yaml', '--set', 'gro')).toEqual(['nospace', 'groups.', 'growth.'])
    expect(ask('o')).toEqual(['nospace', 'o/', 'odd.yaml'])
    expect(ask('--nonsense', '')).toContain('plan')
  })

  it('gets the part behind the sign at which it splits words', () => {
    expect(ask('--max-risk', '=', 's')).toEqual(['space', 'safe', 'swapping'])
    expect(ask('--set', 'gates.risk', '=')).toContain('oom')
  })

  it('gets names quoted for where the cursor is', () => {
    const set = (typed: string) => ask('odd.yaml', '--set', typed).slice(1)
    expect(set('groups.')).toEqual([
      String.raw`groups.it\'s.`,
      String.raw`groups.\$\(touch\ x\).`,
      String.raw`groups.a:b\\c.`,
      String.raw`groups.bang\!.`,
    ])
    expect(set("'groups.it")).toEqual([String.raw`groups.it'\''s.`])
    expect(set('"groups.$')).toEqual([String.raw`groups.\$(touch x).`])
    expect(set('"groups.bang')).toEqual([])
  })
})

describe('zsh', () => {
  const ask = (...words: readonly string[]) =>
    answers.zsh([String(words.length + 1), 'mshare-plan', ...words], world)

  it('gets entries for _describe, with colons and backslashes escaped', () => {
    expect(ask('odd.yaml', '--set', 'groups.')[3]).toBe(
      String.raw`+groups.a\:b\\c.:Processes that are alike`,
    )
    expect(ask('--max-risk', '')).toEqual(['0 ', '-safe', '-tight', '-swapping'])
  })

  it('gets the length of what stays, and a pattern for files', () => {
    expect(ask('--baseline=')).toEqual(['11 *(.json|.ndjson)'])
    expect(ask('import', '')).toEqual(['0 *'])
    expect(ask('--set', 'gates.risk=')[0]).toBe('11 ')
  })

  it('gets words whole where quotes make what stays longer than what was typed', () => {
    expect(ask('--set', String.raw`regions.a\[0\].thp=`)).toEqual(['0 '])
    const typed = String.raw`groups.c.maps\[0\].access=`
    expect(ask('--set', typed)).toEqual([
      '0 ',
      '-groups.c.maps[0].access=rw',
      '-groups.c.maps[0].access=ro',
    ])
  })
})

describe('fish', () => {
  const ask = (...words: readonly string[]) =>
    answers.fish([String(words.length), 'mshare-plan', ...words], world)

  it('gets whole words, with what they mean behind a tab', () => {
    expect(ask('--max-risk=')[0]).toBe('--max-risk=safe')
    expect(ask('chec')).toContainEqual(expect.stringMatching(/^check\tjudge the gates/))
    expect(ask("'o")).toEqual(expect.arrayContaining(['o/', 'odd.yaml']))
  })
})

it('no line that any shell gets holds a control character of a scenario', () => {
  const yaml = JSON.stringify({ groups: { 'a\x1b]0;x\x07\n\tb': { processes: '\x1b[2J\n' } } })
  const { world: hostile } = fakeWorld({ files: { 'x.yaml': yaml } })
  const words = ['mshare-plan', 'x.yaml', '--set', 'groups.']
  const lines = [
    ...answers.bash(['3', '', '', ...words], hostile),
    ...answers.zsh(['4', ...words], hostile),
    ...answers.fish(['3', ...words], hostile).map((line) => line.replace('\t', ' ')),
  ]
  expect(lines.filter((line) => line.includes('u001b'))).toHaveLength(3)
  expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([])
})
