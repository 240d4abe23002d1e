import { describe, expect, it } from 'vitest'
import { perhapsNotRead, withNotRead } from '../../src/importers/not-read.ts'
import { AnnotatedScenario } from '../../src/scenario/annotated-scenario.ts'

const by = { source: { file: 'my.cnf', text: '!include x' }, offset: 9 }
const host = { memory: '1 GiB' }

function headerWith(files: Parameters<typeof withNotRead>[1]) {
  const annotated = new AnnotatedScenario({ version: 1, host, groups: {} })
  annotated.headerComment = ['Made by import.']
  withNotRead({ ok: true, annotated }, files)
  return annotated.headerComment
}

describe('files that were not read', () => {
  it('add nothing where there are none', () => {
    expect(headerWith([])).toEqual(['Made by import.'])
  })

  it('are listed by the copy that lacks them, and those of the server separately', () => {
    expect(
      headerWith([
        { written: '/etc/a.cnf', by, copy: '/t' },
        { written: '/etc/b.cnf', by },
      ]),
    ).toEqual([
      'Made by import.',
      'Not read, because they are missing from /t: /etc/a.cnf (my.cnf:1).',
      'Not read, because they are on the server: /etc/b.cnf (my.cnf:1).',
      '--root DIR names the folder that holds a copy of its files; --root / is this machine.',
      'Settings in files that were not read are missing here.',
    ])
  })

  it('are also said where the scenario is written to a file', () => {
    const annotated = new AnnotatedScenario({ version: 1, host, groups: {} })
    withNotRead({ ok: true, annotated }, [{ written: '/etc/a.cnf', by, copy: '/t' }])
    expect(annotated.remarks).toEqual([
      'not read, because they are missing from /t: /etc/a.cnf (my.cnf:1). Settings in files that were not read are missing here',
    ])
  })

  it('are at most 20, and the rest a number', () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ written: `/f${index}`, by }))
    expect(headerWith(many)[1]).toMatch(/[/]f19 [(]my[.]cnf:1[)] and 3 more[.]$/)
  })

  it('are named by both ends where a name is very long', () => {
    const written = `/etc/${'n'.repeat(70_000)}.cnf`
    expect(headerWith([{ written, by }]).join().length).toBeLessThan(600)
    const flaw = { message: 'the size of the SGA is missing', spot: by }
    expect(perhapsNotRead(flaw, [{ written, by }]).suggestion?.length).toBeLessThan(600)
  })

  it('may be why something is missing', () => {
    const flaw = { message: 'the size of the SGA is missing', spot: by }
    expect(perhapsNotRead(flaw, [])).toBe(flaw)
    expect(perhapsNotRead(flaw, [{ written: '/etc/a.cnf', by }]).suggestion).toBe(
      "/etc/a.cnf was not read: --root DIR names the folder that holds a copy of the server's files",
    )
  })
})
