import { describe, expect, it } from 'vitest'
import { parseGucFile } from '../../../src/importers/postgresql/guc/guc-file.ts'
import { settingsOf } from '../../../src/importers/postgresql/guc/settings.ts'
import { saySetting, settingSource } from '../../../src/importers/postgresql/setting-source.ts'
import { AnnotatedScenario } from '../../../src/scenario/annotated-scenario.ts'

const settingsIn = (text: string, release = 18) =>
  settingsOf(parseGucFile({ file: 'pg.conf', text }).lines, release).settings

describe('where a setting comes from', () => {
  it('is a line of a file, the default, or a release without the parameter', () => {
    const settings = settingsIn('\nmax_connections = 400\n', 12)
    expect(settingSource(settings, 'max_connections')).toBe('max_connections = 400 (pg.conf:2)')
    expect(settingSource(settings, 'shared_buffers')).toBe(
      "shared_buffers = 128 MiB (PostgreSQL's default)",
    )
    expect(settingSource(settings, 'io_method')).toBe('PostgreSQL 12 has no io_method')
  })

  it('makes the value said or assumed, and a complaint point at the line', () => {
    const annotated = new AnnotatedScenario({ version: 1, host: { memory: '1 GiB' }, groups: {} })
    const settings = settingsIn('huge_pages = on\n')
    saySetting(annotated, settings, ['a'], 'huge_pages')
    saySetting(annotated, settings, ['b'], 'huge_page_size')
    expect(annotated.notes).toEqual([{ path: ['a'], text: 'huge_pages = on (pg.conf:1)' }])
    expect(annotated.assumed.map(({ path }) => path)).toEqual([['b']])
    expect([...annotated.origins].map(([path, { offset }]) => [path, offset])).toEqual([['a', 13]])
  })
})
