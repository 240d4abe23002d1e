import { describe, expect, it } from 'vitest'
import {
  beginning,
  fileIn,
  mainText,
  named,
  namesIncluded,
  noteNoSetting,
  textIncluded,
} from '../../src/importers/including.ts'
import type { Library } from '../../src/importers/library.ts'
import { libraryOf } from './folders.ts'

const by = { source: { file: '/d/main', text: 'include x' }, offset: 8 }
const reading = (files: Readonly<Record<string, string>>) => beginning('/d/main', libraryOf(files))

describe('a file that a line names', () => {
  it('is looked for in the folder of the file that names it', () => {
    const files = reading({ '/d/x': 'text' })
    const file = named(files, 'x', by)
    expect(file?.path).toBe('/d/x')
    expect(file && textIncluded(files, file, 1)).toBe('text')
    expect(files.flaws).toEqual([])
  })

  it('is a flaw where it is missing, unless it may be', () => {
    const files = reading({})
    const [must, may] = [named(files, 'x', by), named(files, 'x', by, true)]
    expect([must && textIncluded(files, must, 1), may && textIncluded(files, may, 1)]).toEqual([
      undefined,
      undefined,
    ])
    expect(files.flaws.map(({ message, spot }) => [message, spot.offset])).toEqual([
      ['cannot read /d/x: no such file or directory', 8],
    ])
  })

  it('is noted where it is a file of the server and no copy is known', () => {
    const library: Library = { ...libraryOf({}), find: () => 'elsewhere' }
    const files = beginning('/d/main', library)
    expect(named(files, '/etc/x', by)).toBeUndefined()
    expect(files.notRead).toEqual([{ written: '/etc/x', by }])
  })
})

describe('files that include each other', () => {
  it('are read ten levels deep, and no further', () => {
    const files = reading({ '/d/x': '' })
    const file = named(files, 'x', by)
    expect(file && [textIncluded(files, file, 10), textIncluded(files, file, 11)]).toEqual([
      '',
      undefined,
    ])
    expect(files.flaws.map(({ message }) => message)).toEqual([
      'files include each other more than 10 levels deep',
    ])
  })

  it('are at most 500, which is said once', () => {
    const files = reading({ '/d/x': '' })
    const file = named(files, 'x', by)
    for (let count = 0; count < 510; count += 1) if (file) textIncluded(files, file, 1)
    expect(files.flaws.map(({ message }) => message)).toEqual(['more than 500 files are included'])
  })

  it('do not include themselves', () => {
    const files = reading({ '/d/main': '' })
    const file = named(files, 'main', by)
    expect(file && textIncluded(files, file, 1)).toBeUndefined()
    expect(files.flaws[0]?.message).toBe('this file includes itself')
  })
})

it('the files of a folder are named without it', () => {
  const files = reading({ '/d/sub/a.conf': '', '/d/sub/b.conf': '' })
  const folder = named(files, 'sub', by)
  expect(folder && namesIncluded(files, folder)).toEqual(['a.conf', 'b.conf'])
  expect(folder && fileIn(folder, 'a.conf').path).toBe('/d/sub/a.conf')
})

it('a configuration that cannot be read is a flaw of that file', () => {
  const files = reading({})
  expect(mainText(files)).toBeUndefined()
  expect(files.flaws[0]).toMatchObject({ unread: true, spot: { source: { file: '/d/main' } } })
})

describe('a line that is no setting', () => {
  const at = (file: string) => ({ source: { file, text: 'secret' }, offset: 0 })

  it('is shown in the configuration itself', () => {
    const files = reading({})
    noteNoSetting(files, { message: '`secret` is no setting', spot: at('/d/main') })
    expect(files.flaws.map(({ message }) => message)).toEqual(['`secret` is no setting'])
  })

  it('is not shown in a file that it includes, and is said once', () => {
    const files = reading({})
    for (const message of ['`secret` is no setting', '`key` is no setting']) {
      noteNoSetting(files, { message, spot: at('/d/x') })
    }
    expect(files.flaws.map(({ message }) => message)).toEqual([
      'this line of an included file is not a setting',
    ])
  })
})
