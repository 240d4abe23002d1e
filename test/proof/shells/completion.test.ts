import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoPackages } from '../debian-packages.ts'
import type { Shells } from './shells.ts'
import { unpackShells } from './shells.ts'

const scenario = String.raw`
version: 1
host: { memory: 64 GiB }
groups:
  clients: { processes: 1500 }
  "$(touch ran)": { processes: 1 }
  "it's \"two\"": { processes: 1 }
  "a:b\\c": { processes: 1 }
`
const files = { 'server.yaml': scenario, 'my own.yaml': scenario, 'broken.yaml': 'version: [' }
const missing = whyNoPackages()

describe.skipIf(missing !== undefined)(
  `completion in real shells${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let shells: Shells | undefined
    let reason = ''
    beforeAll(() => {
      try {
        shells = unpackShells(files)
      } catch (error) {
        reason = `the packages of the shells cannot be had: ${(error as Error).message}`
      }
    })
    afterAll(() => shells?.remove())

    it('fish offers commands, files, words and keys, with what they mean', ({ skip }) => {
      if (shells === undefined) return skip(reason)
      const { fish } = shells
      expect(fish('mshare-plan ca')).toEqual([expect.stringMatching(/^capture\twrite a scenario/)])
      expect(fish('mshare-plan s')).toContain('server.yaml')
      expect(fish('mshare-plan my')).toEqual(['my own.yaml'])
      expect(fish('mshare-plan --max-risk ')).toEqual(['safe', 'tight', 'swapping'])
      expect(fish('mshare-plan --max-risk=s')).toEqual(['--max-risk=safe', '--max-risk=swapping'])
      expect(fish('mshare-plan server.yaml --set groups.clients.pro')).toEqual([
        'groups.clients.processes=\tnow 1500: Number of processes',
      ])
      expect(fish('mshare-plan "my own.yaml" --set groups.cl')).toHaveLength(1)
    })

    it('fish offers names as they are, and nothing of what is broken', ({ skip }) => {
      if (shells === undefined) return skip(reason)
      const { fish } = shells
      const names = fish('mshare-plan server.yaml --set groups.').map((one) => one.split('\t')[0])
      expect(names).toEqual([
        'groups.clients.',
        'groups.$(touch ran).',
        `groups.it's "two".`,
        String.raw`groups.a:b\c.`,
      ])
      expect(fish('mshare-plan broken.yaml --set g')).toEqual([])
    })

    it('zsh completes words, and lists several with what they mean', ({ skip }) => {
      if (shells === undefined) return skip(reason)
      const { zsh } = shells
      expect(zsh('mshare-plan capt').line).toBe('mshare-plan capture ')
      expect(zsh('mshare-plan --max-risk=sw').line).toBe('mshare-plan --max-risk=swapping ')
      expect(zsh('mshare-plan my').line).toBe(String.raw`mshare-plan my\ own.yaml `)
      expect(zsh('mshare-plan check --f').shown).toMatch(/--fail-on +-- fail if a finding reaches/)
      expect(zsh('mshare-plan server.yaml --set groups.clients.pr').shown).toMatch(
        /groups\.clients\.processes= +-- now 1500: Number of processes/,
      )
    })

    it('zsh quotes names, runs none of them, and offers nothing of what is broken', ({ skip }) => {
      if (shells === undefined) return skip(reason)
      const { zsh, folder } = shells
      const set = (typed: string) => zsh(`mshare-plan server.yaml --set ${typed}`).line.slice(30)
      expect(set('groups.it')).toBe(String.raw`groups.it\'s\ \"two\".`)
      expect(set('groups.a')).toBe(String.raw`groups.a:b\\c.`)
      expect(set("'groups.i")).toBe(String.raw`'groups.it'\''s "two".`)
      expect(set('groups.clients.proc')).toBe('groups.clients.processes=')
      expect(zsh('mshare-plan broken.yaml --set g').line).toBe('mshare-plan broken.yaml --set g')
      expect(readdirSync(folder).toSorted()).toEqual(['broken.yaml', 'my own.yaml', 'server.yaml'])
    })

    it('neither shell says anything where the program is gone', ({ skip }) => {
      if (shells === undefined) return skip(reason)
      shells.removeProgram()
      expect(shells.fish('mshare-plan s')).toEqual([])
      expect(shells.zsh('mshare-plan s')).toMatchObject({ line: 'mshare-plan s' })
      expect(shells.zsh('mshare-plan s').shown).not.toMatch(/compset|not found/)
    })
  },
)
