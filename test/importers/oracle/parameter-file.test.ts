import { describe, expect, it } from 'vitest'
import { readParameters } from '../../../src/importers/oracle/parameter-file.ts'
import { libraryOf } from '../folders.ts'

const read = (text: string) => readParameters('init.ora', libraryOf({ 'init.ora': text }))

describe('an initialization parameter file', () => {
  it('has several parameters to a line, lists over several lines, quotes and comments', () => {
    const { entries } = read(
      'PROCESSES = 100 CPU_COUNT=1 # OPEN_CURSORS = 10\n*.control_files=(\'/a b.ctl\',\n  "/c#d.ctl")\norcl1.sga_target=8G\nx = a\\#b \\\nc\n',
    )
    expect(entries.map(({ name, instance, values }) => [instance, name, values])).toEqual([
      [undefined, 'processes', ['100']],
      [undefined, 'cpu_count', ['1']],
      [undefined, 'control_files', ['/a b.ctl', '/c#d.ctl']],
      ['orcl1', 'sga_target', ['8G']],
      [undefined, 'x', ['a#b', 'c']],
    ])
  })

  it('is text', () => {
    const [flaw] = read('C\0\0spfile').flaws
    expect(flaw?.message).toBe('this is not text: a server parameter file, perhaps')
  })

  it('ends where files name each other', () => {
    const files = { 'init.ora': 'ifile=b.ora\n', 'b.ora': 'ifile=init.ora ifile=init.ora\n' }
    const { flaws } = readParameters('init.ora', libraryOf(files))
    expect(flaws[0]?.message).toBe('files include each other more than 10 levels deep')
    const itself = readParameters('a.ora', libraryOf({ 'a.ora': 'sga_target=8G\nifile=a.ora\n' }))
    expect(itself.flaws.map(({ message }) => message)).toEqual(['this file includes itself'])
  })
})
